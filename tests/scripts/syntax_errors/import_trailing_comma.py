# a comma at the end of an import
from os import path,
