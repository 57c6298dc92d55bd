// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/memory_page.h"

#include "ui/configuration/config_model.h"
#include "ui/memory/forecast_model.h"
#include "ui/memory/guide_table.h"
#include "ui/memory/memory_timeline.h"
#include "ui/memory/snapshot_model.h"
#include "ui/memory/step_profiling.h"
#include "ui/memory/step_sections.h"
#include "ui/memory/tensors_view.h"
#include "ui/memory/timeline_table.h"
#include "ui/memory/timeline_text.h"
#include "ui/text/memory_text.h"
#include "ui/text/time_text.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/saved_notice.h"
#include "ui/widgets/table_dialog.h"
#include "ui/widgets/wrap_layout.h"

#include <QComboBox>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace headroom::ui {

MemoryPage::MemoryPage(ForecastModel& forecast, const Theme& theme, QWidget* parent)
    : QWidget(parent), forecast_(forecast), theme_(theme), timeline_(new MemoryTimeline(theme)),
      tensors_(new TensorsView(theme)), crossHairText_(new ElidedLabel), peak_(new ElidedLabel),
      phases_(new ElidedLabel), times_(new ElidedLabel), profileText_(new ElidedLabel),
      saved_(new SavedNotice) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(em(1), em(0.5), em(1), em(0.6));
    column->setSpacing(em(0.4));
    column->addWidget(makeHeader());
    column->addWidget(crossHairText_);
    phases_->setProperty("second", true);
    phases_->setAccessibleName(tr("Phases of the run"));
    phases_->setToolTip(
        tr("The most memory that each phase of the run holds. Between phases, unused memory is returned "
           "to the card."));
    auto* row = new QHBoxLayout;
    row->addWidget(phases_, 3);
    row->addWidget(saved_, 2);
    column->addLayout(row);
    times_->setProperty("second", true);
    times_->setAccessibleName(tr("Time of training steps"));
    times_->setToolTip(tr(
        "Training steps only: without validation, checkpoints and waiting for data. From published figures, "
        "the lower end is what the card could do at best, and the upper end what it should do at least."));
    column->addWidget(times_);
    auto* halves = new QSplitter(Qt::Vertical);
    halves->addWidget(timeline_);
    halves->addWidget(makeTensors());
    halves->setStretchFactor(0, 3);
    halves->setStretchFactor(1, 2);
    halves->setSizes({em(30), em(18)});
    halves->setChildrenCollapsible(false);
    column->addWidget(halves, 1);
    timeline_->setMinimumHeight(em(12.2));
    connect(&forecast, &ForecastModel::changed, this, &MemoryPage::refresh);
    connect(&forecast, &ForecastModel::cardChanged, this, &MemoryPage::refresh);
    connect(timeline_, &MemoryTimeline::crossHairMoved, this, &MemoryPage::updateCrossHairText);
    connect(timeline_, &MemoryTimeline::eventChosen, this, &MemoryPage::chooseEvent);
    connect(&forecast.bridge(), &ForecastBridge::guided, this, &MemoryPage::showGuide);
    updateForecast();
}

QWidget* MemoryPage::makeHeader() {
    auto* header = new QWidget;
    auto* row = new WrapLayout(header);
    row->setContentsMargins(0, 0, 0, 0);
    view_ = new QComboBox;
    view_->addItem(tr("One training step")); // in the order of TimelineView
    view_->addItem(tr("Whole run"));
    view_->setAccessibleName(tr("Timeline of"));
    view_->setToolTip(tr("The memory of one training step, or of all phases of the run from its start"));
    connect(view_, &QComboBox::currentIndexChanged, this, &MemoryPage::chooseView);
    crossHairText_->setProperty("second", true);
    crossHairText_->setAccessibleName(tr("At the cross-hair"));
    section_ = new QComboBox;
    section_->setAccessibleName(tr("Section of the step"));
    section_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    constexpr int sectionLetters = 14;
    section_->setMinimumContentsLength(sectionLetters);
    section_->setVisible(false);
    connect(section_, &QComboBox::activated, this, &MemoryPage::showSection);
    limit_ = new QPushButton(tr("Card limit"));
    limit_->setCheckable(true);
    limit_->setToolTip(tr("Extend the memory axis to the card's limit, or only to the peak of this step"));
    connect(limit_, &QPushButton::clicked, timeline_, &MemoryTimeline::setLimitShown);
    pin_ = new QPushButton(tr("Pin for comparison"));
    pin_->setCheckable(true);
    pin_->setToolTip(tr("Keeps the curve of this configuration in the chart while you try others"));
    connect(pin_, &QPushButton::toggled, this, &MemoryPage::compare);
    auto* table = new QPushButton(themeIcon(QStringLiteral("table")), tr("Table"));
    table->setToolTip(tr("The values of the timeline, in bytes"));
    connect(table, &QPushButton::clicked, this, [this] {
        if (drawn_ != nullptr)
            (new TableDialog(showsRun() ? tr("Memory of the run, in bytes")
                                        : tr("Memory of one training step, in bytes"),
                             drawnTable(), this))
                ->show();
    });
    auto* save = new QPushButton(themeIcon(QStringLiteral("export")), tr("Export…"));
    connect(save, &QPushButton::clicked, this, &MemoryPage::chooseExport);
    auto* fit = new QPushButton(themeIcon(QStringLiteral("fit")), {});
    fit->setAccessibleName(tr("Show the whole timeline"));
    fit->setToolTip(fit->accessibleName());
    connect(fit, &QPushButton::clicked, this, [this] { showSection(0); });
    row->addWidget(view_);
    row->addWidget(section_);
    row->addStretch();
    row->addWidget(limit_);
    row->addWidget(pin_);
    row->addWidget(table);
    row->addWidget(save);
    row->addWidget(fit);
    return header;
}

QWidget* MemoryPage::makeTensors() {
    auto* half = new QWidget;
    auto* column = new QVBoxLayout(half);
    column->setContentsMargins(0, em(0.4), 0, 0);
    auto* row = new WrapLayout;
    list_ = new QComboBox;
    list_->addItem(tr("Tensors at the peak")); // in the order of TensorsView::Page
    list_->addItem(tr("Live memory by module"));
    list_->setAccessibleName(tr("List of tensors"));
    list_->setToolTip(
        tr("The largest tensors at the peak of the step, or all that are live at the place that "
           "was clicked in the timeline, by module"));
    connect(list_, &QComboBox::currentIndexChanged, tensors_,
            [this](int page) { tensors_->setPage(static_cast<TensorsView::Page>(page)); });
    peak_->setProperty("second", true);
    profileText_->setAccessibleName(tr("Measured"));
    row->addWidget(list_);
    for (QWidget* text : {static_cast<QWidget*>(peak_), static_cast<QWidget*>(profileText_)}) {
        text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
        row->addWidget(text);
    }
    profileButton_ = new QPushButton;
    profileButton_->setVisible(false);
    connect(profileButton_, &QPushButton::clicked, this, &MemoryPage::profileOrCancel);
    row->addWidget(profileButton_);
    guide_ = new QPushButton(tr("Compare with the 32 GB guide"));
    guide_->setToolTip(tr("The figures of the guide for 32 GB cards beside those of this card"));
    connect(guide_, &QPushButton::clicked, this, [this] {
        guide_->setEnabled(false);
        forecast_.bridge().guide(forecast_.card());
    });
    row->addWidget(guide_);
    column->addLayout(row);
    connect(tensors_, &TensorsView::lifetimeChanged, this, &MemoryPage::showSelectedLifetime);
    column->addWidget(tensors_, 1);
    return half;
}

void MemoryPage::showGuide(const std::vector<GuideFigure>& figures) {
    guide_->setEnabled(true);
    auto* dialog = new TableDialog(tr("The guide for 32 GB cards, on this card"), guideTable(figures), this);
    dialog->show();
}

void MemoryPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

/// Skipped while the page is hidden, because forecasts arrive with every move of a slider.
void MemoryPage::refresh() {
    if (!isVisible())
        return;
    updateForecast();
    updateProfile();
}

bool MemoryPage::showsRun() const {
    return view_->currentIndex() == static_cast<int>(TimelineView::Run);
}

void MemoryPage::chooseView() {
    timeline_->setView(showsRun() ? TimelineView::Run : TimelineView::Step);
    drawForecast();
    compare(pin_->isChecked());
    showSelectedLifetime();
    if (shown_ == nullptr)
        return;
    updateSections();
    updateProfile();
    updateCrossHairText(-1);
}

/// A first answer has no timeline of the run yet; that of the previous forecast stays until then.
void MemoryPage::drawForecast() {
    const std::shared_ptr<const Forecast>& newest = forecast_.forecast();
    if (showsRun() && runOf_ != newest) {
        runOf_ = newest;
        if (auto run = runView(newest))
            run_ = std::move(run);
    }
    drawn_ = showsRun() ? run_ : newest;
    timeline_->setForecast(drawn_, forecast_.others(), forecast_.card().capacity);
    limit_->setChecked(timeline_->limitShown());
}

void MemoryPage::updateForecast() {
    drawForecast();
    if (shown_ == forecast_.forecast())
        return;
    shown_ = forecast_.forecast();
    tensors_->setForecast(shown_);
    updateEventText();
    if (!shown_->ofStep)
        phases_->setText(phasesText(*shown_));
    times_->setText(stepTimesText(shown_->time));
    updateSections();
    updateCrossHairText(-1);
}

/// Shows the whole step if the number of micro-batches changed, otherwise the same section as before.
void MemoryPage::updateSections() {
    const auto sections = sectionsOf(*shown_);
    section_->setVisible(sections.size() > 1 && !showsRun());
    if (showsRun())
        return;
    if (section_->count() == static_cast<int>(sections.size())) {
        if (section_->currentIndex() > 0)
            showSection(section_->currentIndex());
        return;
    }
    section_->clear();
    for (const StepSection& section : sections)
        section_->addItem(section.title);
    showSection(0);
}

void MemoryPage::showSection(int index) {
    const auto sections = shown_ == nullptr || showsRun() ? std::vector<StepSection>() : sectionsOf(*shown_);
    if (index < 0 || index >= static_cast<int>(sections.size()))
        return timeline_->fit();
    section_->setCurrentIndex(index);
    const StepSection& section = sections[static_cast<std::size_t>(index)];
    timeline_->showRange(static_cast<double>(section.begin), static_cast<double>(section.end));
}

void MemoryPage::setStepProfiling(StepProfiling& profiling) {
    profiling_ = &profiling;
    connect(profiling_, &StepProfiling::changed, this, &MemoryPage::refresh);
    updateProfile();
}

void MemoryPage::setSnapshots(SnapshotModel& snapshots) {
    snapshots_ = &snapshots;
    connect(
        snapshots_, &SnapshotModel::written, this,
        [this](const QString& path, const SnapshotFileInfo& file) { showWritten(path, file.peakReserved); });
    connect(snapshots_, &SnapshotModel::notWritten, this,
            [this](const QString& message) { QMessageBox::warning(this, tr("Not exported"), message); });
}

/// As the command does, says which peak a snapshot lacks.
void MemoryPage::showWritten(const QString& path, std::int64_t reserved) {
    const auto& forecast = forecast_.forecast();
    const bool isAll = forecast == nullptr || forecast->peakReserved <= reserved;
    saved_->showSaved(path,
                      isAll ? QString()
                            : tr("It has the start and the steps; the peak of the run, %1, is not in them.")
                                  .arg(bytesText(forecast->peakReserved)));
}

void MemoryPage::profileOrCancel() {
    if (profiling_->busy())
        profiling_->cancel();
    else
        profiling_->begin();
}

void MemoryPage::updateProfile() {
    if (profiling_ == nullptr)
        return;
    const bool busy = profiling_->busy();
    profileButton_->setVisible(busy || forecast_.isLocalCard());
    profileButton_->setEnabled(busy || profiling_->possible());
    profileButton_->setText(busy ? tr("Cancel profiling") : tr("Profile three steps"));
    profileButton_->setToolTip(
        tr("Runs three steps of this configuration on noise, on this machine's device, and draws their "
           "memory over the forecast. Nothing is written to disk."));
    const auto& profile = profiling_->profile();
    timeline_->setProfile(showsRun() ? nullptr : profile);
    QString text;
    if (profile != nullptr && shown_ != nullptr && profile->peakAllocated > 0) {
        const double error =
            static_cast<double>(shown_->phase(RunPhase::Step).peakAllocated - profile->peakAllocated) /
            static_cast<double>(profile->peakAllocated);
        text =
            tr("Measured: %1, forecast %2 %")
                .arg(bytesText(profile->peakAllocated), (error < 0 ? QChar(0x2212) : QLatin1Char('+')) +
                                                            QString::number(std::abs(100 * error), 'f', 2));
    }
    profileText_->setText(profiling_->problem().isEmpty() ? text : profiling_->problem());
    profileText_->setVisible(!profileText_->text().isEmpty()); // otherwise its share of the row stays empty
}

void MemoryPage::updateCrossHairText(qint64 event) {
    if (drawn_ == nullptr)
        return crossHairText_->setText({});
    const std::int64_t place = event < 0 ? drawn_->peakEvent : event;
    crossHairText_->setText(showsRun() ? runPlaceText(*drawn_, place) : placeText(*drawn_, place));
    timeline_->setAccessibleDescription(crossHairText_->text());
}

/// Shows what is live at an event that was chosen in the timeline of a step.
void MemoryPage::chooseEvent(qint64 event) {
    if (showsRun() || shown_ == nullptr)
        return;
    tensors_->setEvent(event);
    list_->setCurrentIndex(static_cast<int>(TensorsView::Page::FlameGraph));
    updateEventText();
}

/// Where in the step the tensors below are live.
void MemoryPage::updateEventText() {
    const std::int64_t event = tensors_->event();
    const TimelineSpan* span = spanAt(*shown_, event);
    const QString place = span == nullptr ? tr("the step") : spanText(*span);
    const QString live =
        event == shown_->peakEvent
            ? tr("%1 allocated in %2").arg(bytesText(shown_->phase(RunPhase::Step).peakAllocated), place)
            : tr("at event %1, in %2").arg(QLocale().toString(qint64{event}), place);
    const QString free = fragmentationText(*shown_, event);
    peak_->setText(free.isEmpty() ? live : live + QStringLiteral("; ") + free);
}

void MemoryPage::showSelectedLifetime() {
    // Lifetimes are events of the step.
    timeline_->setLifetime(showsRun() ? std::nullopt : tensors_->lifetime());
}

void MemoryPage::selectPart(CardPart part) {
    updateForecast();
    list_->setCurrentIndex(static_cast<int>(TensorsView::Page::Table));
    tensors_->selectPart(part);
}

/// "Paper, 3 changed, on RTX 4060"
QString MemoryPage::configurationText() const {
    const ConfigModel& config = forecast_.config();
    const int changes = static_cast<int>(config.changes().size());
    const QString name = changes == 0 ? config.baselineName()
                                      : tr("%1, %n changed", nullptr, changes).arg(config.baselineName());
    return tr("%1, on %2").arg(name, QString::fromStdString(forecast_.card().name));
}

void MemoryPage::compare(bool on) {
    if (on && pinned_ == nullptr)
        pinnedName_ = configurationText();
    if (!on || pinned_ == nullptr)
        pinned_ = on ? shown_ : nullptr;
    timeline_->setCompared(showsRun() ? runView(pinned_) : pinned_, pinnedName_);
    pin_->setText(pinned_ != nullptr ? tr("Compared with %1").arg(bytesText(pinned_->deviceTotal))
                                     : tr("Pin for comparison"));
}

} // namespace headroom::ui
