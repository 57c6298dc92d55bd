// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/error.h"
#include "tests/support/strict_main.h"

using headroom::Error;
using headroom::ErrorKind;

class TestError : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void messageOmitsEmptyParts() {
        QCOMPARE(Error(ErrorKind::Input, "bad").message(), std::string("bad"));
        QCOMPARE(Error(ErrorKind::Input, "bad", "a.yaml:3").message(), std::string("a.yaml:3: bad"));
        QCOMPARE(Error(ErrorKind::Input, "bad", "a.yaml:3", "Fix it.").message(),
                 std::string("a.yaml:3: bad. Fix it."));
    }
    /// Messages of libraries may already end with a period.
    void messageHasOnlyOnePeriod() {
        QCOMPARE(Error(ErrorKind::Input, "Format not recognised.", "a", "Convert it.").message(),
                 std::string("a: Format not recognised. Convert it."));
        QCOMPARE(Error(ErrorKind::Input, "Format not recognised.").message(),
                 std::string("Format not recognised."));
    }
};

HEADROOM_TEST_MAIN(TestError)
#include "tst_error.moc"
