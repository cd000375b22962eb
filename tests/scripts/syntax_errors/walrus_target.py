# only a name before :=
(x.y := 5)
