#include "ui/memory/memory_page.h"

#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "ui/configuration/config_model.h"
#include "ui/memory/forecast_model.h"
#include "ui/memory/guide_table.h"
#include "ui/memory/memory_timeline.h"
#include "ui/memory/step_profiling.h"
#include "ui/memory/step_sections.h"
#include "ui/memory/tensor_table.h"
#include "ui/memory/timeline_table.h"
#include "ui/memory/timeline_words.h"
#include "ui/text/memory_text.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/heading.h"
#include "ui/widgets/saved_notice.h"
#include "ui/widgets/table_dialog.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHeaderView>
#include <QMessageBox>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace headroom::ui {

MemoryPage::MemoryPage(ForecastModel& forecast, const Theme& theme, QWidget* parent)
    : QWidget(parent), forecast_(forecast), theme_(theme), timeline_(new MemoryTimeline(theme)),
      tensors_(new TensorTable(this)), sorted_(new QSortFilterProxyModel(this)), table_(new QTableView),
      place_(new ElidedLabel), peak_(new ElidedLabel), measured_(new ElidedLabel), saved_(new SavedNotice) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(em(1), em(0.7), em(1), em(0.8));
    column->setSpacing(em(0.5));
    column->addWidget(makeHeader());
    column->addWidget(place_);
    auto* halves = new QSplitter(Qt::Vertical);
    halves->addWidget(timeline_);
    halves->addWidget(makeTable());
    halves->setStretchFactor(0, 3);
    halves->setStretchFactor(1, 2);
    halves->setSizes({em(30), em(18)});
    halves->setChildrenCollapsible(false);
    column->addWidget(halves, 1);
    timeline_->setMinimumHeight(em(14));
    for (const auto signal : {&ForecastModel::changed, &ForecastModel::cardChanged})
        connect(&forecast, signal, this, &MemoryPage::refresh);
    connect(&theme, &Theme::changed, this, [this] { tensors_->take(shown_, theme_.palette()); });
    connect(timeline_, &MemoryTimeline::placed, this, &MemoryPage::readPlace);
    connect(&forecast.bridge(), &ForecastBridge::guided, this, &MemoryPage::showGuide);
    readForecast();
}

QWidget* MemoryPage::makeHeader() {
    auto* header = new QWidget;
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(0, 0, 0, 0);
    auto* title = heading(tr("One training step"));
    place_->setProperty("second", true);
    place_->setAccessibleName(tr("At the cross-hair"));
    section_ = new QComboBox;
    section_->setAccessibleName(tr("Part of the step that is shown"));
    section_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    constexpr int sectionLetters = 14;
    section_->setMinimumContentsLength(sectionLetters);
    section_->setVisible(false);
    connect(section_, &QComboBox::activated, this, &MemoryPage::showSection);
    limit_ = new QPushButton(tr("Card limit"));
    limit_->setCheckable(true);
    limit_->setToolTip(
        tr("Draw the memory axis up to the card's limit, or only as high as this step reaches"));
    connect(limit_, &QPushButton::clicked, timeline_, &MemoryTimeline::setLimitShown);
    compare_ = new QPushButton(tr("Pin to compare"));
    compare_->setCheckable(true);
    compare_->setToolTip(tr("Keeps this setting's line in the chart while you try others"));
    connect(compare_, &QPushButton::toggled, this, &MemoryPage::compare);
    auto* table = new QPushButton(themeIcon(QStringLiteral("table")), tr("Table"));
    table->setToolTip(tr("The numbers of the timeline, in bytes"));
    connect(table, &QPushButton::clicked, this, [this] {
        if (shown_ != nullptr)
            (new TableDialog(tr("Memory of one training step, in bytes"), timelineTable(*shown_), this))
                ->show();
    });
    auto* save = new QPushButton(themeIcon(QStringLiteral("export")), tr("Export..."));
    connect(save, &QPushButton::clicked, this, &MemoryPage::exportTimeline);
    auto* fit = new QPushButton(themeIcon(QStringLiteral("fit")), {});
    fit->setAccessibleName(tr("Show the whole step"));
    fit->setToolTip(fit->accessibleName());
    connect(fit, &QPushButton::clicked, this, [this] { showSection(0); });
    row->addWidget(title);
    row->addWidget(section_);
    row->addStretch(1);
    row->addWidget(limit_);
    row->addWidget(compare_);
    row->addWidget(table);
    row->addWidget(save);
    row->addWidget(fit);
    return header;
}

QWidget* MemoryPage::makeTable() {
    auto* half = new QWidget;
    auto* column = new QVBoxLayout(half);
    column->setContentsMargins(0, em(0.4), 0, 0);
    auto* row = new QHBoxLayout;
    auto* title = heading(tr("What holds the peak"));
    peak_->setProperty("second", true);
    measured_->setAccessibleName(tr("Measured"));
    row->addWidget(title);
    row->addWidget(peak_, 2);
    row->addWidget(measured_, 1);
    row->addWidget(saved_, 2);
    measure_ = new QPushButton;
    measure_->setVisible(false);
    connect(measure_, &QPushButton::clicked, this, &MemoryPage::profileOrCancel);
    row->addWidget(measure_);
    guide_ = new QPushButton(tr("Compare with the 32 GB guide"));
    guide_->setToolTip(tr("What the guide for cards of 32 GB says, beside what is true on this card"));
    connect(guide_, &QPushButton::clicked, this, [this] {
        guide_->setEnabled(false);
        forecast_.bridge().guide(forecast_.card());
    });
    row->addWidget(guide_);
    column->addLayout(row);
    sorted_->setSourceModel(tensors_);
    sorted_->setSortRole(Qt::UserRole);
    table_->setModel(sorted_);
    table_->setAccessibleName(title->text());
    table_->setSortingEnabled(true);
    table_->sortByColumn(TensorTable::Size, Qt::DescendingOrder);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setShowGrid(false);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(em(1.9));
    table_->horizontalHeader()->setSectionResizeMode(TensorTable::Module, QHeaderView::Stretch);
    for (int section = TensorTable::Shape; section < TensorTable::columns; ++section)
        table_->horizontalHeader()->setSectionResizeMode(section, QHeaderView::ResizeToContents);
    table_->setToolTip(tr("A selected row marks its life in the step above"));
    connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &MemoryPage::readSelection);
    column->addWidget(table_, 1);
    return half;
}

void MemoryPage::showGuide(const std::vector<GuideFigure>& figures) {
    guide_->setEnabled(true);
    auto* dialog =
        new TableDialog(tr("The guide for cards of 32 GB, on this card"), guideTable(figures), this);
    dialog->show();
}

void MemoryPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

/// Where it is hidden, when it is shown: there is something new with each move of a slider.
void MemoryPage::refresh() {
    if (!isVisible())
        return;
    readForecast();
    readMeasurement();
}

void MemoryPage::readForecast() {
    timeline_->setForecast(forecast_.forecast(), forecast_.others(), forecast_.card().capacity);
    limit_->setChecked(timeline_->limitShown());
    if (shown_ == forecast_.forecast())
        return;
    shown_ = forecast_.forecast();
    tensors_->take(shown_, theme_.palette());
    const auto& largest = shown_->largest;
    table_->setColumnHidden(
        TensorTable::Shape,
        std::all_of(largest.begin(), largest.end(), [](const auto& tensor) { return tensor.shape.empty(); }));
    const TimelineSpan* span = spanAt(*shown_, shown_->peakEvent);
    peak_->setText(
        tr("%1 allocated in %2")
            .arg(bytesText(shown_->peakAllocated), span == nullptr ? tr("the step") : spanText(*span)));
    readSections();
    readPlace(-1);
}

/// A step of another number of micro-steps is shown whole; else what is in view stays so.
void MemoryPage::readSections() {
    const auto sections = sectionsOf(*shown_);
    section_->setVisible(sections.size() > 1);
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
    const auto sections = shown_ == nullptr ? std::vector<StepSection>() : sectionsOf(*shown_);
    if (index < 0 || index >= static_cast<int>(sections.size()))
        return timeline_->fit();
    section_->setCurrentIndex(index);
    const StepSection& section = sections[static_cast<std::size_t>(index)];
    timeline_->showRange(static_cast<double>(section.begin), static_cast<double>(section.end));
}

void MemoryPage::offerMeasuring(StepProfiling& measurement) {
    measurement_ = &measurement;
    connect(measurement_, &StepProfiling::changed, this, &MemoryPage::refresh);
    readMeasurement();
}

void MemoryPage::profileOrCancel() {
    if (measurement_->busy())
        measurement_->cancel();
    else
        measurement_->begin();
}

void MemoryPage::readMeasurement() {
    if (measurement_ == nullptr)
        return;
    const bool busy = measurement_->busy();
    measure_->setVisible(busy || forecast_.cardIsHere());
    measure_->setEnabled(busy || measurement_->possible());
    measure_->setText(busy ? tr("Measuring: cancel") : tr("Measure three steps"));
    measure_->setToolTip(
        tr("Runs three steps of this setting on noise, on this machine's device, and draws what "
           "they take over the forecast. Nothing is written to disk."));
    const auto& measured = measurement_->measured();
    timeline_->setMeasured(measured);
    QString text;
    if (measured != nullptr && shown_ != nullptr && measured->peakAllocated > 0) {
        const double error = static_cast<double>(shown_->peakAllocated - measured->peakAllocated) /
                             static_cast<double>(measured->peakAllocated);
        text =
            tr("Measured: %1, forecast %2 %")
                .arg(bytesText(measured->peakAllocated), (error < 0 ? QChar(0x2212) : QLatin1Char('+')) +
                                                             QString::number(std::abs(100 * error), 'f', 2));
    }
    measured_->setText(measurement_->problem().isEmpty() ? text : measurement_->problem());
}

void MemoryPage::readPlace(qint64 event) {
    place_->setText(shown_ == nullptr ? QString()
                                      : placeText(*shown_, event < 0 ? shown_->peakEvent : event));
}

void MemoryPage::readSelection() {
    const auto rows = table_->selectionModel()->selectedRows();
    if (rows.isEmpty())
        return timeline_->setLife(std::nullopt);
    const LargeTensor& tensor = tensors_->tensor(sorted_->mapToSource(rows.front()).row());
    timeline_->setLife(std::pair(tensor.begin, tensor.end));
}

void MemoryPage::selectPart(CardPart part) {
    readForecast();
    for (int row = 0; row < sorted_->rowCount(); ++row)
        if (cardPart(tensors_->tensor(sorted_->mapToSource(sorted_->index(row, 0)).row()).part) == part)
            return table_->selectRow(row);
    table_->clearSelection();
}

/// "Paper setting (3 changes) on RTX 4060"
QString MemoryPage::settingText() const {
    const ConfigModel& config = forecast_.config();
    const int changes = static_cast<int>(config.changes().size());
    const QString name = changes == 0 ? config.baselineName()
                                      : tr("%1, %n changed", nullptr, changes).arg(config.baselineName());
    return tr("%1, on %2").arg(name, QString::fromStdString(forecast_.card().name));
}

void MemoryPage::compare(bool on) {
    timeline_->setCompared(on ? shown_ : nullptr, settingText());
    compare_->setText(on && shown_ != nullptr ? tr("Compared with %1").arg(bytesText(shown_->deviceTotal))
                                              : tr("Pin to compare"));
}

void MemoryPage::exportTimeline() {
    if (shown_ == nullptr)
        return;
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Export the timeline"), QStringLiteral("memory.png"),
                                     tr("Picture (*.png);;Drawing (*.svg);;Numbers (*.csv)"));
    if (!path.isEmpty())
        exportTo(path);
}

void MemoryPage::exportTo(const QString& path) {
    try {
        if (path.endsWith(QStringLiteral(".csv"), Qt::CaseInsensitive)) {
            const TextTable table = timelineTable(*shown_);
            writeFileAtomically(path.toStdString(), table.csv().toStdString());
            return saved_->tell(path, table.note);
        }
        if (path.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive))
            timeline_->saveSvg(path, settingText());
        else
            timeline_->savePng(path, settingText());
        saved_->tell(path);
    } catch (const Error& error) {
        QMessageBox::warning(this, tr("Not exported"), QString::fromStdString(error.message()));
    }
}

} // namespace headroom::ui
