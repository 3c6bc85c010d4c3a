package total

import "testing"

// region: test
func TestAllPointersShareOneBody(t *testing.T) {
	_, squares := Total([]*Square{{2}})
	_, rectangles := Total([]*Rectangle{{2, 3}})
	if squares != rectangles {
		t.Error("two bodies; want one")
	}
}

func TestStructsOfOtherFieldsHaveTheirOwn(t *testing.T) {
	_, squares := Total([]Square{{2}})
	_, rectangles := Total([]Rectangle{{2, 3}})
	if squares == rectangles {
		t.Error("one body; want two")
	}
}

func TestOneSliceOfMixedShapes(t *testing.T) {
	sum, _ := Total([]Shape{Square{2}, Rectangle{2, 3}})
	if sum != 10 {
		t.Errorf("Total = %d; want 10", sum)
	}
}

// endregion
