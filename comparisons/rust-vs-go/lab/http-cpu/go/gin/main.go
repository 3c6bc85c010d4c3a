// Answers with a text and with the receipts of orders, by Gin, at the address that is its argument.
package main

import (
	"log"
	"net/http"
	"os"

	"github.com/gin-gonic/gin"

	"comparisons.example/rust-vs-go/lab/http-cpu/go/orders"
)

func text(c *gin.Context) {
	c.String(http.StatusOK, "Hello, world!")
}

func order(c *gin.Context) {
	var order orders.Order
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, orders.MaxBytes)
	if err := c.ShouldBindJSON(&order); err != nil {
		c.String(http.StatusBadRequest, err.Error())
		return
	}
	c.JSON(http.StatusOK, order.Receipt())
}

func main() {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.GET("/text", text)
	router.POST("/orders", order)
	log.Fatal(router.Run(os.Args[1]))
}
