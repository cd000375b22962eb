# import without a name
import
