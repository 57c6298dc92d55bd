// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/listen/export_dialog.h"

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
};

HEADROOM_UI_TEST_MAIN(TestExportDialog)
#include "tst_export_dialog.moc"
