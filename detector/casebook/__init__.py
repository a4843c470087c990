"""The casebook: findings with people's decisions, and the cases that are made of them."""
