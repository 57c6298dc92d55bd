// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/listen/export_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>

using namespace headroom;
using namespace headroom::ui;

class TestExportDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void defaultsKeepTheOptionsOfTheRun() {
        SeparationRequest input;
        input.model.run = "/runs/a";
        const ExportDialog dialog(input, {"vocals"}, nullptr);
        const SeparationRequest request = dialog.request();
        QCOMPARE(request.model.run, std::string("/runs/a"));
        QVERIFY(!request.model.overlap);
        QVERIFY(!request.model.chunkSeconds);
        QCOMPARE(request.stems, (std::vector<std::string>{"vocals", "rest"}));
        QCOMPARE(request.subtype, std::string("FLOAT"));
        QVERIFY(!request.model.testTimeAugmentation && !request.startSeconds && !request.endSeconds);
    }

    void requestHasTheChosenOptions() {
        const ExportDialog dialog({}, {"vocals"}, nullptr);
        const auto boxes = dialog.findChildren<QDoubleSpinBox*>(); // in layout order
        boxes.at(0)->setValue(6);
        boxes.at(1)->setValue(50);
        for (auto* box : dialog.findChildren<QComboBox*>())
            if (const int flac = box->findData(QStringLiteral("flac")); flac >= 0)
                box->setCurrentIndex(flac);
        const SeparationRequest request = dialog.request();
        QCOMPARE(request.model.chunkSeconds.value(), 6.0);
        QCOMPARE(request.model.overlap.value(), 0.5);
        QCOMPARE(request.format, std::string("flac"));
        QCOMPARE(request.subtype, std::string("PCM_24"));
    }

    void mp3HasNoBitDepth() {
        const ExportDialog dialog({}, {"vocals"}, nullptr);
        QComboBox* format = nullptr;
        for (auto* box : dialog.findChildren<QComboBox*>())
            if (box->findData(QStringLiteral("mp3")) >= 0)
                format = box;
        const auto choose = [&](const char* name) { format->setCurrentIndex(format->findData(name)); };
        choose("mp3");
        QCOMPARE(dialog.request().format, std::string("mp3"));
        QCOMPARE(dialog.request().subtype, std::string());
        choose("flac");
        QCOMPARE(dialog.request().subtype, std::string("PCM_24"));
        choose("wav");
        QCOMPARE(dialog.request().subtype, std::string("FLOAT"));
    }

    void exportsTheLoopOnlyIfChosen() {
        SeparationRequest input;
        input.startSeconds = 61.5;
        input.endSeconds = 70;
        const ExportDialog dialog(input, {"vocals"}, nullptr);
        QVERIFY(!dialog.request().startSeconds && !dialog.request().endSeconds);
        for (auto* box : dialog.findChildren<QCheckBox*>())
            if (box->text().contains(QStringLiteral("1:01.5")) ||
                box->text().contains(QStringLiteral("passes")))
                box->setChecked(true);
        const SeparationRequest request = dialog.request();
        QCOMPARE(request.startSeconds.value(), 61.5);
        QCOMPARE(request.endSeconds.value(), 70.0);
        QVERIFY(request.model.testTimeAugmentation.value());
    }
};

HEADROOM_UI_TEST_MAIN(TestExportDialog)
#include "tst_export_dialog.moc"
