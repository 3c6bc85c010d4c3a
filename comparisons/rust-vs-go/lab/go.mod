module comparisons.example/rust-vs-go/lab

go 1.26.0
