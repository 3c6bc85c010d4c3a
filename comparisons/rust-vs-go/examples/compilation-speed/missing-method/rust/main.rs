//! A type lacks a method of the trait: the compiler refuses the program.

trait Sink {
    fn write(&mut self, line: &str);
    fn flush(&mut self);
}

struct Memory {
    lines: Vec<String>,
}

impl Sink for Memory {
    fn write(&mut self, line: &str) {
        self.lines.push(line.to_owned());
    }
}

fn log(sink: &mut impl Sink) {
    sink.write("started");
    sink.flush();
}

fn main() {
    log(&mut Memory { lines: Vec::new() });
}
