"""Hallway as it once was: a commit's own tree under build/old, built as that commit builds itself."""

import os
import subprocess
import sys


def build(root, commit):
    """Gives the folder with that commit's release build of `hallway` in it."""
    tree = os.path.join(root, "build", "old", commit)
    if not os.path.isdir(tree):
        # By force: git still knows of a tree that went with the rest of build.
        run(["git", "-C", root, "worktree", "add", "--force", "--detach", tree, commit])
    run(["scripts/setup"], tree)
    run(["scripts/build", "release", "hallway"], tree)
    return os.path.join(tree, "build", "release")


def run(command, folder=None):
    if subprocess.run(command, cwd=folder, stdout=sys.stderr, check=False).returncode != 0:
        raise SystemExit("the old version could not be built: " + " ".join(command))
