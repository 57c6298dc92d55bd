// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/shared_library.h"
#include "tests/support/strict_main.h"

using namespace headroom;

class TestSharedLibrary : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsTheFunctionsOfALibrary() {
        const SharedLibrary library("libm.so.6");
        QVERIFY(library.isOpen());
        double (*squareRoot)(double) = nullptr;
        QVERIFY(library.find(squareRoot, "sqrt"));
        QCOMPARE(squareRoot(9), 3.0);
        QVERIFY(!library.find(squareRoot, "no_such_function"));
        QVERIFY(squareRoot == nullptr);
    }

    void hasNoFunctionsIfItDoesNotExist() {
        const SharedLibrary library("libdoes-not-exist.so.1");
        QVERIFY(!library.isOpen());
        void (*function)() = nullptr;
        QVERIFY(!library.find(function, "exit")); // which the program itself has
    }
};

HEADROOM_TEST_MAIN(TestSharedLibrary)
#include "tst_shared_library.moc"
