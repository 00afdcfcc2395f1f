"""Pure rules of the business and of the exchange: no database, no clock, standard library only."""
