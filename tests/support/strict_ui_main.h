#pragma once

#include <QApplication>
#include <QTest>

#include <clocale>

/// main() of a test of widgets, with the decimal point that the program sets.
#define HEADROOM_UI_TEST_MAIN(TestClass)                                                                     \
    int main(int argc, char** argv) {                                                                        \
        QApplication application(argc, argv);                                                                \
        std::setlocale(LC_NUMERIC, "C");                                                                     \
        TestClass test;                                                                                      \
        return QTest::qExec(&test, argc, argv);                                                              \
    }
