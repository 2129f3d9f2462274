"""What people tell in a question's place, read into typed claims: 'b4 is a laboratory, open at night'."""

from tools.statements.read import read_statement
from tools.statements.statement import DOUBTED, Claim, Statement

__all__ = ["DOUBTED", "Claim", "Statement", "read_statement"]
