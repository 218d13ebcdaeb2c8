# Everything is done by packaging/bootstrap.sh, which works without make too.
.PHONY: run test .venv
run:
	@packaging/bootstrap.sh run
test:
	@packaging/bootstrap.sh test $(ARGS)
.venv:
	@packaging/bootstrap.sh venv
