# an operator over lines
total = (1 +
         2 +
         "three" +
         4)
