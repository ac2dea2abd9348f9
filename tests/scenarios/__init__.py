"""What people do, written once and run over the kernel's own line and over every messenger's wire."""
