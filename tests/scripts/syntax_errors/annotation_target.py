# an annotation of something that is no target
(a, b): int = 1, 2
