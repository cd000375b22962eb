/* types.h - the built-in types' structs and the functions that other files use, a block a type. Each type's own .c file
 * tells the rest. Results are OWNED unless marked; containers' items are borrowed while the container lives. */
#ifndef RUNTIME_TYPES_TYPES_H
#define RUNTIME_TYPES_TYPES_H

#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/function.h"
#include "runtime/types/list.h"
#include "runtime/types/number.h"
#include "runtime/types/set.h"
#include "runtime/types/str.h"
#include "runtime/types/various.h"

#endif
