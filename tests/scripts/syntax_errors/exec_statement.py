# exec as it was
exec "x = 1"
