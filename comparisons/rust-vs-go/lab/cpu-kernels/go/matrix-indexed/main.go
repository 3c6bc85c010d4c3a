// Multiplies two square matrices in three loops over indices.
package main

import (
	"fmt"

	"comparisons.example/rust-vs-go/lab/cpu-kernels/go/kernel"
)

func main() {
	n := kernel.Argument()
	random := kernel.SplitMix64(1)
	a := matrix(n, &random)
	b := matrix(n, &random)
	product := multiply(a, b, n)
	var trace float64
	for i := range n {
		trace += product[i*n+i]
	}
	fmt.Printf("%.6f %.6f\n", trace, product[n-1])
}

// matrix returns a matrix row by row in one slice, of numbers from 0 to 1.
func matrix(n int, random *kernel.SplitMix64) []float64 {
	numbers := make([]float64, n*n)
	for i := range numbers {
		numbers[i] = float64(random.Next()>>11) / (1 << 53)
	}
	return numbers
}

func multiply(a, b []float64, n int) []float64 {
	product := make([]float64, n*n)
	for i := range n {
		for k := range n {
			for j := range n {
				product[i*n+j] += a[i*n+k] * b[k*n+j]
			}
		}
	}
	return product
}
