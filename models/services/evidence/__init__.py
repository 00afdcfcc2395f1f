"""佐证材料: photos and documents, looked at before they are believed."""
