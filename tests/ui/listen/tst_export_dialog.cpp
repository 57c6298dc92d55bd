// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/listen/export_dialog.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

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
        QVERIFY(!request.model.batchSize && !request.recursive);
        QCOMPARE(request.nameTemplate, SeparationRequest().nameTemplate);
    }

    void requestHasTheChosenOptions() {
        const ExportDialog dialog({}, {"vocals"}, nullptr);
        const auto boxes = dialog.findChildren<QDoubleSpinBox*>(); // in layout order
        boxes.at(0)->setValue(6);
        boxes.at(1)->setValue(50);
        boxes.at(2)->setValue(0);
        for (auto* box : dialog.findChildren<QComboBox*>())
            if (const int flac = box->findData(QStringLiteral("flac")); flac >= 0)
                box->setCurrentIndex(flac);
        const SeparationRequest request = dialog.request();
        QCOMPARE(request.model.chunkSeconds.value(), 6.0);
        QCOMPARE(request.model.overlap.value(), 0.5);
        QCOMPARE(request.model.batchSize.value(), 0);
        QCOMPARE(request.format, std::string("flac"));
        QCOMPARE(request.subtype, std::string("PCM_24"));
    }

    /// As after a mistake, such as an unknown placeholder.
    void remembersTheChoicesOfTheLastExport() {
        SeparationRequest earlier;
        earlier.inputs = {"/songs"};
        earlier.recursive = true;
        earlier.model.overlap = 0.29;
        earlier.model.batchSize = 3;
        earlier.model.chunkSeconds = 6;
        earlier.model.testTimeAugmentation = true;
        earlier.outputFolder = "/stems";
        earlier.nameTemplate = "{instr}";
        earlier.stems = {"drums"};
        earlier.format = "wav";
        earlier.subtype = "PCM_16";
        earlier.overwrite = true;
        SeparationRequest open;
        open.inputs = {"/open.wav"};
        ExportDialog dialog(open, {"vocals", "drums"}, nullptr);
        dialog.choose(earlier);
        const SeparationRequest request = dialog.request();
        QCOMPARE(request.model.overlap.value(), 0.29);
        QCOMPARE(request.model.batchSize.value(), 3);
        QCOMPARE(request.model.chunkSeconds.value(), 6.0);
        QVERIFY(request.model.testTimeAugmentation.value());
        QCOMPARE(request.outputFolder, earlier.outputFolder);
        QCOMPARE(request.nameTemplate, earlier.nameTemplate);
        QCOMPARE(request.stems, earlier.stems);
        QCOMPARE(request.subtype, earlier.subtype);
        QCOMPARE(request.inputs, open.inputs);
        QVERIFY(!request.recursive && !request.overwrite);
        // An MP3 has no bit depth, and another model has other stems.
        earlier.format = "mp3";
        earlier.subtype.clear();
        ExportDialog other({}, {"speech"}, nullptr);
        other.choose(earlier);
        QCOMPARE(other.request().format, std::string("mp3"));
        QCOMPARE(other.request().subtype, std::string());
        QCOMPARE(other.request().stems, (std::vector<std::string>{"speech", "rest"}));
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
        for (const auto* box : dialog.findChildren<QComboBox*>())
            QVERIFY(box == format || (!box->isEnabled() && box->currentText().isEmpty()));
        choose("flac");
        QCOMPARE(dialog.request().subtype, std::string("PCM_24"));
        choose("wav");
        QCOMPARE(dialog.request().subtype, std::string("FLOAT"));
    }

    void fitsSmallScreens() {
        SeparationRequest input;
        input.startSeconds = 1;
        input.endSeconds = 2;
        const ExportDialog dialog(input, {"vocals", "drums", "bass", "guitar", "piano", "other"}, nullptr);
        QVERIFY2(dialog.sizeHint().height() <= 640, qPrintable(QString::number(dialog.sizeHint().height())));
        QVERIFY2(dialog.sizeHint().width() <= 1000, qPrintable(QString::number(dialog.sizeHint().width())));
    }

    void showsUsualPathsWhole() {
        const Theme theme(Theme::Mode::Dark);
        ExportDialog dialog({}, {"vocals"}, nullptr);
        dialog.show();
        const QString path = QStringLiteral("/home/someone/Music/albums/1999");
        for (const auto* line : dialog.findChildren<QLineEdit*>())
            if (qobject_cast<const QAbstractSpinBox*>(line->parentWidget()) == nullptr)
                QVERIFY(line->width() > line->fontMetrics().horizontalAdvance(path) + 20);
    }

    void buttonsHaveNoForeignIcons() {
        const Theme theme(Theme::Mode::Dark);
        const ExportDialog dialog({}, {"vocals"}, nullptr);
        for (const auto* button : dialog.findChildren<QPushButton*>())
            QVERIFY(button->icon().isNull());
    }

    /// What a screen reader says of each field: its label, or else its name, and the text in it.
    void fieldsHaveNamesAndValues() {
        ExportDialog dialog({}, {"vocals"}, nullptr);
        dialog.show();
        QStringList found;
        for (auto* widget : dialog.findChildren<QWidget*>()) {
            const bool isField = (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->isVisible() &&
                                 qobject_cast<QAbstractSpinBox*>(widget->parentWidget()) == nullptr;
            if (!isField)
                continue;
            auto* read = QAccessible::queryAccessibleInterface(widget);
            const auto labels = read->relations(QAccessible::Label);
            const QString name = (labels.isEmpty() ? read : labels.first().first)->text(QAccessible::Name);
            QVERIFY2(!name.isEmpty(), widget->metaObject()->className());
            auto* text = read->textInterface();
            const QString value =
                text != nullptr ? text->text(0, text->characterCount()) : read->text(QAccessible::Value);
            found << (value.isEmpty() ? name : name + QStringLiteral(": ") + value);
        }
        for (const char* field :
             {"Folder of songs", "File names: {file_name}/{instr}", "Format: WAV", "Bit depth: 32-bit float",
              "Segment: same as training", "Overlap: same as training", "Batch size: same as training"})
            QVERIFY2(found.contains(QString::fromLatin1(field)),
                     qPrintable(QString::fromLatin1(field) + QStringLiteral(" not in ") +
                                found.join(QStringLiteral("; "))));
        QVERIFY(std::ranges::any_of(found, [](const QString& field) {
            return field.startsWith(QStringLiteral("Folder for the stems: /"));
        }));
    }

    /// Instead of the open song and its loop.
    void exportsAFolderOfSongs() {
        SeparationRequest input;
        input.inputs = {"/songs/open.wav"};
        input.startSeconds = 1;
        input.endSeconds = 2;
        const ExportDialog dialog(input, {"vocals"}, nullptr);
        QCOMPARE(dialog.request().inputs, (std::vector<std::string>{"/songs/open.wav"}));
        QCheckBox* recursive = nullptr;
        for (auto* box : dialog.findChildren<QCheckBox*>())
            if (box->text().contains(QStringLiteral("subfolders")))
                recursive = box;
        QVERIFY(!recursive->isEnabled());
        const auto lines = dialog.findChildren<QLineEdit*>();
        for (auto* line : lines)
            if (line->accessibleName() == QStringLiteral("Folder of songs"))
                line->setText(QStringLiteral("/songs"));
        for (auto* box : dialog.findChildren<QCheckBox*>())
            box->setChecked(true);
        QVERIFY(recursive->isEnabled());
        const SeparationRequest request = dialog.request();
        QCOMPARE(request.inputs, (std::vector<std::string>{"/songs"}));
        QVERIFY(request.recursive && !request.startSeconds && !request.endSeconds);
    }

    void namesFilesByTheTemplate() {
        const ExportDialog dialog({}, {"vocals"}, nullptr);
        QLineEdit* name = nullptr;
        for (auto* line : dialog.findChildren<QLineEdit*>())
            if (line->text() == QStringLiteral("{file_name}/{instr}"))
                name = line;
        QPushButton* write = nullptr;
        for (auto* button : dialog.findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("Export"))
                write = button;
        QVERIFY(name != nullptr && write->isEnabled());
        name->setText(QStringLiteral("{instr}/{file_name} {start_time}"));
        QCOMPARE(dialog.request().nameTemplate, std::string("{instr}/{file_name} {start_time}"));
        name->clear();
        QVERIFY(!write->isEnabled());
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
