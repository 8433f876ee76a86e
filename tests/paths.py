from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "tests" / "build"
CONTRACT = ROOT / "openapi" / "v1.json"
EXAMPLE = ROOT / "examples" / "backend"
