module sample
