"""Tests of the doctor: every fault that it knows is made, and a good set-up is left in peace."""
