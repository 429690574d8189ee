"""What went wrong between two machines: names, connections, bytes that did not come."""
