"""What follows from a plan and its geography: pure functions, frames and numbers in, a frozen result out."""
