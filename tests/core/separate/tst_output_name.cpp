// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/output_name.h"
#include "core/support/error.h"
#include "tests/support/strict_main.h"

using namespace headroom;

namespace {

const std::vector<std::string> names = {"file_name", "instr", "model"};

std::string pathOf(const std::string& text, const std::string& song = "a song",
                   const std::string& stem = "vocals") {
    return OutputName(text, names)
        .path({{"file_name", song}, {"instr", stem}, {"model", "best.of"}})
        .string();
}

} // namespace

class TestOutputName : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void replacesPlaceholders() {
        QCOMPARE(pathOf(OutputName::standard), std::string("a song/vocals"));
        QCOMPARE(pathOf("{model}/{instr}/{file_name}"), std::string("best.of/vocals/a song"));
        QCOMPARE(pathOf("{file_name} ({instr}, {model})"), std::string("a song (vocals, best.of)"));
        QCOMPARE(pathOf("{instr}{instr}"), std::string("vocalsvocals"));
        QCOMPARE(pathOf("plain"), std::string("plain"));
        QVERIFY(OutputName("{model}", names).has("model") && !OutputName("{model}", names).has("instr"));
    }
    /// Values come from file names and from weights of strangers.
    void valuesStayInTheirFolder() {
        QCOMPARE(pathOf("{file_name}/{instr}", "..", "../../outside"), std::string("__/___.._outside"));
        QCOMPARE(pathOf("{file_name}/{instr}", "", "/absolute"), std::string("_/_absolute"));
        QCOMPARE(pathOf("{instr}", "", "{model}"), std::string("{model}"));
    }
    void refusesInvalidTemplates_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "/", "/tmp/{instr}", "{file_name}/", "a//b", "../{instr}", "./{instr}",
                                 "{stem}", "{instr", "instr}", "{}", "{{instr}}"})
            QTest::newRow(text) << text;
    }
    void refusesInvalidTemplates() {
        QFETCH(const QString, text);
        try {
            const OutputName name(text.toStdString(), names);
            QFAIL("accepted");
        } catch (const Error& error) {
            QVERIFY(error.kind() == ErrorKind::Input);
            QVERIFY2(error.message().find("'" + text.toStdString() + "'") != std::string::npos,
                     error.message().c_str());
        }
    }
};

HEADROOM_TEST_MAIN(TestOutputName)
#include "tst_output_name.moc"
