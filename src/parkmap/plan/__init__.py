"""What was decided: plans, policies, scenarios and the documents they rest on."""
