// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/scripted_studio.h"
#include "tests/support/strict_ui_main.h"
#include "ui/runs/weights_dialog.h"
#include "ui/runs/weights_export.h"

#include <QComboBox>
#include <QFileInfo>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>

using namespace headroom;
using namespace headroom::ui;

class TestWeightsExport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theDialogNamesTheFileAfterTheRun() {
        const QTemporaryDir folder;
        WeightsDialog dialog(QStringLiteral("/runs/night"), nullptr);
        auto* path = dialog.findChild<QLineEdit*>();
        auto* format = dialog.findChild<QComboBox*>();
        QVERIFY(QFileInfo(QFileInfo(path->text()).path()).isDir()); // a suggestion that works
        path->setText(folder.filePath(QStringLiteral("old")));
        const QStringList endings = {QStringLiteral("-msst"), QStringLiteral(".safetensors"),
                                     QStringLiteral(".pt"), QStringLiteral(".ckpt")};
        const std::vector<ExportFormat> formats = {ExportFormat::Msst, ExportFormat::Safetensors,
                                                   ExportFormat::Pt, ExportFormat::Lightning};
        for (const int row : {1, 2, 3, 0}) { // the first is chosen already
            format->setCurrentIndex(row);
            const ExportRequest request = dialog.request();
            QVERIFY(request.format == formats[static_cast<std::size_t>(row)]);
            QCOMPARE(QString::fromStdString(request.output),
                     folder.filePath(QStringLiteral("night")) + endings[row]);
            QCOMPARE(request.run, std::string("/runs/night"));
            QVERIFY(!request.overwrite);
        }
    }

    /// It would be written to the current directory, which the user does not see.
    void relativePathsAreNotAccepted() {
        WeightsDialog dialog(QStringLiteral("/runs/night"), nullptr);
        QPushButton* write = nullptr;
        for (QPushButton* button : dialog.findChildren<QPushButton*>())
            write = button->text() == QStringLiteral("Export") ? button : write;
        QVERIFY(write != nullptr && write->isEnabled());
        for (const char* text : {"", "night.pt"}) {
            dialog.findChild<QLineEdit*>()->setText(QLatin1String(text));
            QVERIFY(!write->isEnabled());
        }
    }

    void saysWhatWasWritten_data() {
        QTest::addColumn<QString>("problem");
        QTest::addColumn<QString>("expected");
        QTest::newRow("written")
            << QString() << "Written from the checkpoint of step 8:\n/models/night.pt\n<b>a notice</b>";
        QTest::newRow("refused") << "/models/night.pt: the file already exists"
                                 << "/models/night.pt: the file already exists";
    }
    void saysWhatWasWritten() {
        QFETCH(const QString, problem);
        QFETCH(const QString, expected);
        auto service = std::make_unique<test::ScriptedWeights>();
        service->problem = problem.toStdString();
        QWidget window;
        WeightsExport weights(std::move(service), window);
        weights.start({.run = "/runs/night", .format = ExportFormat::Pt, .output = "/models/night.pt"});
        QTRY_VERIFY(window.findChild<QMessageBox*>() != nullptr);
        const auto* box = window.findChild<QMessageBox*>();
        QVERIFY(box->isVisible());
        QCOMPARE(box->text(), expected);
        QCOMPARE(box->textFormat(), Qt::PlainText);
        QCOMPARE(box->icon(), problem.isEmpty() ? QMessageBox::Information : QMessageBox::Warning);
    }
};

HEADROOM_UI_TEST_MAIN(TestWeightsExport)
#include "tst_weights_export.moc"
