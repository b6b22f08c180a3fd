"""Amazon Textract: text, tables, forms, expenses and identity documents."""
