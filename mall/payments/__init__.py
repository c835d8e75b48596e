"""Bills and money through gateways. There is no cash, and no page here takes any."""
