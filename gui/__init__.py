"""The window: shows what services give it and asks services to act; knows neither SQL nor file formats."""
