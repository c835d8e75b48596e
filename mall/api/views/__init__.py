"""The endpoints: parse, one service call, present."""
