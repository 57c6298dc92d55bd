// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/export_dialog.h"

#include "ui/listen/lane.h"
#include "ui/listen/time_axis.h"
#include "ui/theme/plain_text.h"
#include "ui/widgets/number_box.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace headroom::ui {

ExportDialog::ExportDialog(const SeparationRequest& request, const std::vector<std::string>& stems,
                           QWidget* parent)
    : QDialog(parent), request_(request), stemGrid_(new QGridLayout), songs_(new QLineEdit),
      recursive_(new QCheckBox(tr("Also search subfolders"))), folder_(new QLineEdit), name_(new QLineEdit),
      format_(new QComboBox), subtype_(new QComboBox), segment_(new NumberBox(0, 120, false)),
      overlap_(new NumberBox(-1, 90, true)), batchSize_(new NumberBox(-1, 256, true)),
      augmentation_(new QCheckBox(tr("Average three passes"))), loop_(new QCheckBox),
      overwrite_(new QCheckBox(tr("Overwrite existing files"))) {
    setWindowTitle(tr("Export stems"));
    buildSongs();
    buildStems(stems);
    buildName();
    buildFormat();
    buildSegment();
    buildLoop();
    buildLayout();
    connect(format_, &QComboBox::currentIndexChanged, this, &ExportDialog::refresh);
    for (const QLineEdit* line : {songs_, folder_, name_})
        connect(line, &QLineEdit::textChanged, this, &ExportDialog::refresh);
    refresh();
}

void ExportDialog::buildStems(const std::vector<std::string>& stems) {
    std::vector<std::string> choices = stems;
    choices.emplace_back("rest");
    for (const std::string& stem : choices) {
        auto* box =
            new QCheckBox(stem == "rest" ? tr("Rest: mixture minus the exported stems") : stemTitle(stem));
        box->setChecked(true);
        connect(box, &QCheckBox::toggled, this, &ExportDialog::refresh);
        const auto index = static_cast<int>(stems_.size());
        if (stem == "rest") // whose text is long
            stemGrid_->addWidget(box, (index + 1) / 2, 0, 1, 2);
        else
            stemGrid_->addWidget(box, index / 2, index % 2);
        stems_.emplace_back(stem, box);
    }
}

void ExportDialog::buildSongs() {
    songs_->setAccessibleName(tr("Folder of songs"));
    songs_->setPlaceholderText(tr("the open song"));
    songs_->setToolTip(tr("A folder whose songs are separated instead of the open song"));
    recursive_->setToolTip(tr("Stems of songs in subfolders go to subfolders of the same names"));
}

void ExportDialog::buildName() {
    const QString music = QStandardPaths::writableLocation(QStandardPaths::MusicLocation);
    folder_->setText(QDir(music.isEmpty() ? QDir::homePath() : music).filePath(QStringLiteral("stems")));
    folder_->setAccessibleName(tr("Folder for the stems"));
    name_->setText(QString::fromStdString(request_.nameTemplate));
    name_->setToolTip(plainToolTip(
        tr("Path of a stem file in the folder, without extension. %1: the song, %2: the stem, %3: the folder "
           "of the song, %4: the weights file or run, %5: the kind of the model, %6: seconds since 1970")
            .arg(QStringLiteral("{file_name}"), QStringLiteral("{instr}"), QStringLiteral("{dir_name}"),
                 QStringLiteral("{model}"), QStringLiteral("{model_type}"), QStringLiteral("{start_time}"))));
}

/// A line for a folder, with a button to choose it.
QLayout* ExportDialog::buildFolder(QLineEdit* folder, const QString& title) {
    auto* browse = new QPushButton(tr("Choose…"));
    browse->setAccessibleName(title);
    connect(browse, &QPushButton::clicked, this, [this, folder, title] {
        const QString chosen = QFileDialog::getExistingDirectory(this, title, folder->text());
        if (!chosen.isEmpty())
            folder->setText(chosen);
    });
    folder->setMinimumWidth(300); // a usual path
    auto* row = new QHBoxLayout;
    row->addWidget(folder, 1);
    row->addWidget(browse);
    return row;
}

void ExportDialog::buildFormat() {
    format_->addItem(tr("WAV"), QStringLiteral("wav"));
    format_->addItem(tr("FLAC"), QStringLiteral("flac"));
    format_->addItem(tr("MP3, 320 kbit/s"), QStringLiteral("mp3"));
}

/// The minimum of the boxes means "same as training".
void ExportDialog::buildSegment() {
    segment_->setSuffix(tr(" s"));
    segment_->setSpecialValueText(tr("same as training"));
    segment_->setToolTip(
        tr("Length of audio that the model processes at once; longer segments take more memory"));
    overlap_->setSuffix(tr(" %"));
    overlap_->setSpecialValueText(tr("same as training"));
    overlap_->setToolTip(
        tr("Overlap of consecutive segments; more overlap takes longer and gives smoother transitions"));
    overlap_->setValue(overlap_->minimum());
    batchSize_->setSpecialValueText(tr("same as training"));
    batchSize_->setToolTip(
        tr("Segments that are separated together; 0: as many as fit the card, and one on the CPU"));
    batchSize_->setValue(batchSize_->minimum());
    augmentation_->setToolTip(tr(
        "Test-time augmentation: separates three times, also with inverted polarity and with left and right "
        "swapped, and averages; takes three times as long"));
}

void ExportDialog::buildLoop() {
    loop_->setVisible(request_.endSeconds.has_value());
    loop_->setText(tr("Only the loop, %1 to %2")
                       .arg(timeText(request_.startSeconds.value_or(0), 1),
                            timeText(request_.endSeconds.value_or(0), 1)));
}

void ExportDialog::buildLayout() {
    auto* form = new QFormLayout;
    form->addRow(tr("Songs"), buildFolder(songs_, tr("Choose the folder of songs")));
    form->addRow(QString(), recursive_);
    // The label has the height of a line: the first box is as far below its top, and the grid is a group.
    stemGrid_->setContentsMargins(0, 4, 0, 4);
    form->addRow(tr("Stems"), stemGrid_);
    form->addRow(tr("Save in"), buildFolder(folder_, tr("Choose the folder for the stems")));
    form->addRow(tr("File names"), name_);
    form->addRow(tr("Format"), format_);
    form->addRow(tr("Bit depth"), subtype_);
    form->addRow(tr("Segment"), segment_);
    form->addRow(tr("Overlap"), overlap_);
    form->addRow(tr("Batch size"), batchSize_);
    form->addRow(QString(), augmentation_);
    form->addRow(QString(), loop_);
    form->addRow(QString(), overwrite_);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    write_ = buttons->addButton(tr("Export"), QDialogButtonBox::AcceptRole);
    write_->setProperty("primary", true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addSpacing(8);
    column->addWidget(buttons);
}

void ExportDialog::refresh() {
    refreshSubtypes();
    const bool any = std::ranges::any_of(stems_, [](const auto& stem) { return stem.second->isChecked(); });
    write_->setEnabled(any && !folder_->text().isEmpty() && !name_->text().isEmpty());
    recursive_->setEnabled(!songs_->text().isEmpty());
    loop_->setEnabled(songs_->text().isEmpty());
}

/// FLAC has no floating-point samples, and MP3 no bit depth.
void ExportDialog::refreshSubtypes() {
    const bool isMp3 = format_->currentData() == QStringLiteral("mp3");
    const bool isWav = format_->currentData() == QStringLiteral("wav");
    subtype_->setEnabled(!isMp3);
    if (subtype_->count() > 0 && !isMp3 && (subtype_->findData(QStringLiteral("FLOAT")) >= 0) == isWav)
        return;
    subtype_->clear();
    if (isMp3)
        return;
    if (isWav)
        subtype_->addItem(tr("32-bit float"), QStringLiteral("FLOAT"));
    subtype_->addItem(tr("24-bit"), QStringLiteral("PCM_24"));
    subtype_->addItem(tr("16-bit"), QStringLiteral("PCM_16"));
}

void ExportDialog::choose(const SeparationRequest& earlier) {
    for (const auto& [stem, box] : stems_)
        box->setChecked(std::ranges::find(earlier.stems, stem) != earlier.stems.end());
    if (std::ranges::none_of(stems_, [](const auto& stem) { return stem.second->isChecked(); })) {
        for (const auto& stem : stems_) // of another model
            stem.second->setChecked(true);
    }
    folder_->setText(QString::fromStdString(earlier.outputFolder));
    name_->setText(QString::fromStdString(earlier.nameTemplate));
    format_->setCurrentIndex(format_->findData(QString::fromStdString(earlier.format)));
    if (subtype_->isEnabled())
        subtype_->setCurrentIndex(subtype_->findData(QString::fromStdString(earlier.subtype)));
    segment_->setValue(earlier.model.chunkSeconds.value_or(0));
    overlap_->setValue(earlier.model.overlap ? std::round(100 * *earlier.model.overlap)
                                             : overlap_->minimum());
    batchSize_->setValue(earlier.model.batchSize ? *earlier.model.batchSize : batchSize_->minimum());
    augmentation_->setChecked(earlier.model.testTimeAugmentation.value_or(false));
}

SeparationRequest ExportDialog::request() const {
    SeparationRequest request = request_;
    const bool isFolder = !songs_->text().isEmpty();
    if (isFolder)
        request.inputs = {songs_->text().toStdString()};
    request.recursive = isFolder && recursive_->isChecked();
    request.outputFolder = folder_->text().toStdString();
    request.nameTemplate = name_->text().toStdString();
    request.format = format_->currentData().toString().toStdString();
    request.subtype =
        subtype_->isEnabled() ? subtype_->currentData().toString().toStdString() : std::string();
    if (segment_->value() > 0)
        request.model.chunkSeconds = segment_->value();
    if (overlap_->value() >= 0)
        request.model.overlap = overlap_->value() / 100.0;
    if (batchSize_->value() >= 0)
        request.model.batchSize = static_cast<int>(batchSize_->value());
    if (augmentation_->isChecked())
        request.model.testTimeAugmentation = true;
    if (isFolder || !loop_->isChecked()) {
        request.startSeconds.reset();
        request.endSeconds.reset();
    }
    request.overwrite = overwrite_->isChecked();
    request.stems.clear();
    for (const auto& [stem, box] : stems_) {
        if (box->isChecked())
            request.stems.push_back(stem);
    }
    return request;
}

} // namespace headroom::ui
