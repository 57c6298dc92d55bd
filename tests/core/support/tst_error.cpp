#include "core/support/error.h"
#include "tests/support/strict_main.h"

using headroom::Error;
using headroom::ErrorKind;

class TestError : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void messageLeavesOutWhatIsEmpty() {
        QCOMPARE(Error(ErrorKind::Input, "bad").message(), std::string("bad"));
        QCOMPARE(Error(ErrorKind::Input, "bad", "a.yaml:3").message(), std::string("a.yaml:3: bad"));
        QCOMPARE(Error(ErrorKind::Input, "bad", "a.yaml:3", "Mend it.").message(),
                 std::string("a.yaml:3: bad. Mend it."));
    }
    /// As that of a library, which has a full stop of its own.
    void aSentenceEndsOnce() {
        QCOMPARE(Error(ErrorKind::Input, "Format not recognised.", "a", "Convert it.").message(),
                 std::string("a: Format not recognised. Convert it."));
        QCOMPARE(Error(ErrorKind::Input, "Format not recognised.").message(),
                 std::string("Format not recognised."));
    }
};

HEADROOM_TEST_MAIN(TestError)
#include "tst_error.moc"
