#pragma once

#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <clocale>

/// main() of a test of widgets, with the decimal point that the program sets and preferences of its own.
#define HEADROOM_UI_TEST_MAIN(TestClass)                                                                     \
    int main(int argc, char** argv) {                                                                        \
        QApplication application(argc, argv);                                                                \
        std::setlocale(LC_NUMERIC, "C");                                                                     \
        const QTemporaryDir preferences;                                                                     \
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, preferences.path());                  \
        TestClass test;                                                                                      \
        return QTest::qExec(&test, argc, argv);                                                              \
    }
