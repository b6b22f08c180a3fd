module github.com/mockocr/mockocr/kits/go

go 1.22
