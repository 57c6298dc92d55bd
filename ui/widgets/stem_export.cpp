#include "ui/widgets/stem_export.h"

#include "ui/bridge/listen_bridge.h"
#include "ui/models/decibel_text.h"
#include "ui/models/listen_model.h"
#include "ui/theme/icon.h"
#include "ui/theme/typography.h"
#include "ui/widgets/done_notice.h"
#include "ui/widgets/export_dialog.h"
#include "ui/widgets/share_bar.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>
#include <utility>

namespace headroom::ui {

StemExport::StemExport(ListenBridge& bridge, ListenModel& model, QWidget* parent)
    : QWidget(parent), bridge_(bridge), model_(model),
      button_(new QPushButton(themeIcon(QStringLiteral("export")), tr("Export stems…"))), bar_(new ShareBar),
      cancel_(new QPushButton(tr("Cancel"))), result_(new QLabel) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(result_);
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
    result_->setVisible(false);
    connect(button_, &QPushButton::clicked, this, &StemExport::ask);
    connect(cancel_, &QPushButton::clicked, this, [this] { bridge_.separation().cancel(work_); });
    connect(&model_, &ListenModel::mixChanged, this, &StemExport::refresh);
    refresh();
}

void StemExport::refresh() {
    const SourceSlot& slot = model_.slot(model_.heardSlot());
    const bool possible = slot.source().kind == ListenSource::Kind::Model && !slot.stems().empty() &&
                          !model_.song().song().mixture.empty() && !model_.isBlind();
    button_->setVisible(possible && work_ == 0);
    bar_->setVisible(work_ != 0);
    cancel_->setVisible(work_ != 0);
}

void StemExport::ask() {
    const SourceSlot& slot = model_.slot(model_.heardSlot());
    SeparationRequest request;
    request.model = slot.source().model;
    request.inputs = {model_.song().song().mixture};
    ExportDialog dialog(request, slot.stems(), window());
    if (dialog.exec() == QDialog::Accepted)
        begin(dialog.request());
}

void StemExport::begin(const SeparationRequest& request) {
    work_ = bridge_.nextNumber();
    bar_->setShare(0);
    result_->setVisible(false);
    bridge_.separation().exportStems(
        work_, request,
        bridge_.onGui<SeparationEvent>(this, [this](const SeparationEvent& event) { take(event); }));
    refresh();
}

void StemExport::take(const SeparationEvent& event) {
    if (std::visit([](const auto& one) { return one.number; }, event) != work_)
        return;
    if (const auto* progress = std::get_if<ExportProgress>(&event)) {
        bar_->setShare(progress->state.secondsDone / progress->state.seconds);
        return;
    }
    work_ = 0;
    if (const auto* done = std::get_if<SeparationDone>(&event)) {
        report(done->summary);
        notifyDone(*window(), tr("Stems exported"), result_->text());
    }
    if (const auto* failure = std::get_if<SeparationFailed>(&event))
        Q_EMIT failed(failure->error);
    refresh();
}

void StemExport::report(const SeparationSummary& summary) {
    QStringList lines;
    for (const SeparatedSong& song : summary.songs) {
        for (const std::string& output : song.outputs)
            lines << QString::fromStdString(output);
        if (song.nullTestDecibels)
            lines << (std::isinf(*song.nullTestDecibels)
                          ? tr("Null test: no difference at all")
                          : tr("Null test: %1 dB").arg(decibelText(*song.nullTestDecibels)));
        if (song.clippedSamples > 0)
            lines << tr("%1 samples beyond full scale were clipped; 32 bit float holds them")
                         .arg(song.clippedSamples);
    }
    result_->setToolTip(lines.join('\n'));
    const int files = summary.songs.empty() ? 0 : static_cast<int>(summary.songs.front().outputs.size());
    QString text = tr("%n file(s) written.", nullptr, files);
    if (!lines.isEmpty() && files < lines.size())
        text += QStringLiteral(" ") + lines.last();
    result_->setText(text);
    result_->setVisible(true);
}

} // namespace headroom::ui
