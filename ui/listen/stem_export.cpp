// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/stem_export.h"

#include "ui/bridge/listen_bridge.h"
#include "ui/listen/export_dialog.h"
#include "ui/listen/listen_model.h"
#include "ui/listen/time_axis.h"
#include "ui/text/decibel_text.h"
#include "ui/theme/icon.h"
#include "ui/theme/plain_text.h"
#include "ui/theme/typography.h"
#include "ui/widgets/done_notice.h"
#include "ui/widgets/fraction_bar.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace headroom::ui {

StemExport::StemExport(ListenBridge& bridge, ListenModel& model, const TimeAxis& axis, QWidget* parent)
    : QWidget(parent), bridge_(bridge), model_(model), axis_(axis),
      button_(new QPushButton(themeIcon(QStringLiteral("export")), tr("Export stems…"))),
      bar_(new FractionBar), cancel_(new QPushButton(tr("Cancel"))), result_(new QLabel),
      open_(new QPushButton(tr("Open folder"))) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(result_);
    column->addWidget(open_, 0, Qt::AlignLeft);
    auto* row = new QHBoxLayout;
    row->addWidget(bar_, 1);
    row->addWidget(cancel_);
    column->addLayout(row);
    column->addWidget(button_);
    button_->setProperty("primary", true);
    button_->setFocusPolicy(Qt::TabFocus);
    cancel_->setFocusPolicy(Qt::TabFocus);
    bar_->setAccessibleName(tr("Export"));
    result_->setFont(textFont(TextSize::Small));
    result_->setWordWrap(true);
    result_->setTextFormat(Qt::PlainText);
    open_->setFocusPolicy(Qt::TabFocus);
    clearResult();
    connect(open_, &QPushButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder_)); });
    connect(&model_.song(), &SongModel::opened, this, &StemExport::clearResult);
    connect(button_, &QPushButton::clicked, this, &StemExport::showDialog);
    connect(cancel_, &QPushButton::clicked, this, [this] { bridge_.separation().cancel(job_); });
    connect(&model_, &ListenModel::mixChanged, this, &StemExport::refresh);
    refresh();
}

void StemExport::refresh() {
    const SourceSlot& slot = model_.slot(model_.heardSlot());
    const bool possible = slot.source().kind == ListenSource::Kind::Model && !slot.stems().empty() &&
                          !model_.song().song().mixture.empty() && !model_.isBlind();
    button_->setVisible(possible && job_ == 0);
    bar_->setVisible(job_ != 0);
    cancel_->setVisible(job_ != 0);
}

void StemExport::showDialog() {
    const SourceSlot& slot = model_.slot(model_.heardSlot());
    SeparationRequest request;
    request.model = slot.source().model;
    request.inputs = {model_.song().song().mixture};
    if (const auto& loop = axis_.selection()) {
        request.startSeconds = static_cast<double>(loop->begin) / axis_.sampleRate();
        request.endSeconds = static_cast<double>(loop->end) / axis_.sampleRate();
    }
    ExportDialog dialog(request, slot.stems(), window());
    if (chosen_)
        dialog.choose(*chosen_);
    if (dialog.exec() != QDialog::Accepted)
        return;
    chosen_ = dialog.request();
    begin(*chosen_);
}

void StemExport::begin(const SeparationRequest& request) {
    job_ = bridge_.nextNumber();
    outputFolder_ = QString::fromStdString(request.outputFolder);
    bar_->setFraction(0);
    clearResult();
    Q_EMIT began();
    bridge_.separation().exportStems(
        job_, request,
        bridge_.onGui<SeparationEvent>(this, [this](const SeparationEvent& event) { receive(event); }));
    refresh();
}

void StemExport::receive(const SeparationEvent& event) {
    if (std::visit([](const auto& one) { return one.number; }, event) != job_)
        return;
    if (const auto* progress = std::get_if<ExportProgress>(&event)) {
        showProgress(progress->state);
        return;
    }
    job_ = 0;
    clearResult(); // the progress
    if (const auto* done = std::get_if<SeparationDone>(&event)) {
        report(done->summary);
        notifyDone(*window(), tr("Stems exported"), result_->text());
    }
    if (const auto* failure = std::get_if<SeparationFailed>(&event))
        Q_EMIT failed(failure->error);
    refresh();
}

void StemExport::showProgress(const SeparationState& state) {
    bar_->setFraction(state.secondsDone / state.seconds);
    if (state.songs < 2)
        return;
    const QString name = QFileInfo(QString::fromStdString(state.input)).fileName();
    result_->setText(tr("Song %1 of %2: %3").arg(state.song).arg(state.songs).arg(name));
    result_->setVisible(true);
}

void StemExport::report(const SeparationSummary& summary) {
    QStringList outputs;
    QStringList remarks;
    for (const std::string& notice : summary.notices)
        remarks << QString::fromStdString(notice);
    for (const SeparatedSong& song : summary.songs) {
        for (const std::string& output : song.outputs)
            outputs << QString::fromStdString(output);
        remarks << remarksOn(song);
    }
    result_->setToolTip(plainToolTip((outputs + remarks).join('\n')));
    const auto files = static_cast<int>(outputs.size());
    folder_ = folderOf(summary);
    QString text = files == 1 ? tr("1 file written to %1.").arg(folder_)
                              : tr("%1 files written to %2.").arg(files).arg(folder_);
    if (files == 0)
        text = tr("Nothing was written.");
    if (!remarks.isEmpty())
        text += QStringLiteral(" ") + remarks.last();
    result_->setText(text);
    result_->setVisible(true);
    open_->setVisible(!folder_.isEmpty());
}

QStringList StemExport::remarksOn(const SeparatedSong& song) {
    QStringList lines;
    if (song.nullTestDecibels)
        lines << (std::isinf(*song.nullTestDecibels)
                      ? tr("Null test: exact")
                      : tr("Null test: %1 dB").arg(decibelText(*song.nullTestDecibels)));
    if (song.clippedSamples > 0)
        lines << tr("%1 samples above full scale were clipped; export as 32-bit float to keep them")
                     .arg(song.clippedSamples);
    if (!song.error.empty())
        lines << QString::fromStdString(song.error);
    return lines;
}

/// The folder of all songs, or that of the stems of a single one. Empty if nothing was written.
QString StemExport::folderOf(const SeparationSummary& summary) const {
    const auto hasOutputs = [](const SeparatedSong& song) { return !song.outputs.empty(); };
    const auto first = std::ranges::find_if(summary.songs, hasOutputs);
    if (first == summary.songs.end())
        return {};
    const QString folder = QFileInfo(QString::fromStdString(first->outputs.front())).absolutePath();
    return summary.songs.size() == 1 ? folder : outputFolder_;
}

void StemExport::clearResult() {
    result_->setVisible(false);
    open_->setVisible(false);
}

} // namespace headroom::ui
