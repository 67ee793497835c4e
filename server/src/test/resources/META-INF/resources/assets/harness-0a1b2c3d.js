// for the tests of caching
