"""What authentication costs: this package beside Django's own and its peers. See README.md."""
