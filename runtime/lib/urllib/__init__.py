"""URLs: urllib.parse takes them apart, urllib.request opens them."""
