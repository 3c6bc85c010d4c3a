// Multiplies two square matrices by ranges over rows.
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
		sums := product[i*n : (i+1)*n]
		for k, factor := range a[i*n : (i+1)*n] {
			for j, value := range b[k*n : (k+1)*n] {
				sums[j] += factor * value
			}
		}
	}
	return product
}
