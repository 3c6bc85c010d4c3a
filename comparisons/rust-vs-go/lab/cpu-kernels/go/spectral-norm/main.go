// Finds the spectral norm of the infinite matrix 1, 1/2, 1/3, … by the power method.
package main

import (
	"fmt"
	"math"

	"comparisons.example/rust-vs-go/lab/cpu-kernels/go/kernel"
)

func element(i, j int) float64 {
	return 1 / float64((i+j)*(i+j+1)/2+i+1)
}

func multiply(v, out []float64) {
	for i := range out {
		sum := 0.0
		for j, x := range v {
			sum += element(i, j) * x
		}
		out[i] = sum
	}
}

func multiplyTransposed(v, out []float64) {
	for i := range out {
		sum := 0.0
		for j, x := range v {
			sum += element(j, i) * x
		}
		out[i] = sum
	}
}

func main() {
	n := kernel.Argument()
	u := make([]float64, n)
	for i := range u {
		u[i] = 1
	}
	v := make([]float64, n)
	between := make([]float64, n)
	for range 10 {
		multiply(u, between)
		multiplyTransposed(between, v)
		multiply(v, between)
		multiplyTransposed(between, u)
	}
	uv, vv := 0.0, 0.0
	for i := range v {
		uv += u[i] * v[i]
		vv += v[i] * v[i]
	}
	fmt.Printf("%.9f\n", math.Sqrt(uv/vv))
}
