// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/training/training_page.h"

#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "ui/accessibility/announcer.h"
#include "ui/configuration/preferences.h"
#include "ui/runs/run_model.h"
#include "ui/runs/run_text.h"
#include "ui/text/mark_text.h"
#include "ui/text/score_text.h"
#include "ui/theme/plain_text.h"
#include "ui/training/audition_strip.h"
#include "ui/training/run_diagnosis.h"
#include "ui/training/run_notice.h"
#include "ui/training/training_plot.h"
#include "ui/training/training_table.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/heading.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/saved_notice.h"
#include "ui/widgets/wrap_layout.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSlider>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <functional>
#include <limits>
#include <utility>
#include <variant>

namespace headroom::ui {
namespace {

/// Changes one of the stored chart preferences.
void updatePreferences(const std::function<void(preferences::ChartView&)>& change) {
    preferences::ChartView view = preferences::chartView();
    change(view);
    preferences::setChartView(view);
}

} // namespace

TrainingPage::TrainingPage(RunModel& run, Theme& theme, QWidget* parent)
    : QWidget(parent), run_(run), plot_(new TrainingPlot(theme)), table_(new TrainingTable(this)),
      auditions_(new AuditionStrip), pages_(new QStackedWidget), views_(new QStackedWidget),
      empty_(makeEmpty()), message_(new MessageBar) {
    auto* view = new QTableView;
    view->setModel(table_);
    view->setAccessibleName(tr("Values of the charts"));
    view->setAlternatingRowColors(true);
    views_->addWidget(plot_);
    views_->addWidget(view);
    auto* charts = new QWidget;
    auto* rows = new QVBoxLayout(charts);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(makeHeader());
    rows->addWidget(views_, 1);
    rows->addWidget(auditions_);
    connect(auditions_, &AuditionStrip::playRequested, this, &TrainingPage::auditionRequested);
    rows->addWidget(makeFooter());
    pages_->addWidget(charts);
    pages_->addWidget(empty_);
    auto* column = new QVBoxLayout(this);
    column->addWidget(message_);
    column->addWidget(new RunNotice(run_));
    column->addWidget(pages_, 1);
    connectRun();
    plot_->setHistory(run_.history());
    update();
    updateSelection();
}

TrainingPage::~TrainingPage() = default;

void TrainingPage::setForecast(std::optional<std::int64_t> deviceBytes) {
    plot_->setForecast(deviceBytes);
}

void TrainingPage::setListeningAvailable(bool available) {
    listeningAvailable_ = available;
    updateSelection();
}

EmptyState* TrainingPage::makeEmpty() {
    auto* empty = new EmptyState(tr("No run yet"));
    empty->setText(
        tr("A run trains a model with the configuration on the left. It is stored in its own folder "
           "and can be stopped and resumed at any time."));
    return empty;
}

QWidget* TrainingPage::makeHeader() {
    auto* header = new QWidget;
    auto* row = new WrapLayout(header);
    row->setContentsMargins(0, 0, 0, 0);
    name_ = heading({});
    row->addWidget(name_);
    row->addWidget(makeAxisChoice());
    row->addWidget(makeSmoothing());

    auto* logLoss = new QCheckBox(tr("Log loss"));
    connect(logLoss, &QCheckBox::toggled, this, [this](bool on) {
        plot_->setLogLoss(on);
        updatePreferences([on](preferences::ChartView& view) { view.logLoss = on; });
    });
    logLoss->setChecked(preferences::chartView().logLoss);
    plot_->setLogLoss(logLoss->isChecked());
    row->addWidget(logLoss);
    auto* follow = new QCheckBox(tr("Follow"));
    follow->setToolTip(tr("Keep the newest step in view"));
    follow->setChecked(true);
    connect(follow, &QCheckBox::toggled, plot_, &TrainingPlot::setFollow);
    row->addWidget(follow);
    row->addStretch();

    row->addWidget(makeChartsButton());
    tableButton_ = new QPushButton(tr("Table"));
    tableButton_->setCheckable(true);
    tableButton_->setToolTip(tr("The values of the visible range"));
    connect(tableButton_, &QPushButton::toggled, this, &TrainingPage::showTable);
    connect(plot_, &TrainingPlot::tableRequested, tableButton_, &QPushButton::toggle);
    row->addWidget(tableButton_);
    auto* save = new QPushButton(tr("Export…"));
    save->setToolTip(tr("Save the charts as a picture or their values as a table"));
    connect(save, &QPushButton::clicked, this, &TrainingPage::exportCharts);
    row->addWidget(save);
    return header;
}

QWidget* TrainingPage::makeChartsButton() {
    auto* charts = new QPushButton(tr("Charts"));
    charts->setToolTip(tr("Choose which charts to show"));
    auto* menu = new QMenu(charts);
    const QStringList hidden = preferences::chartView().hidden;
    for (int i = 0; i < plot_->charts(); ++i) {
        QAction* action = menu->addAction(plot_->chartTitle(i));
        action->setCheckable(true);
        action->setChecked(!hidden.contains(QString::number(i)));
        plot_->showChart(i, action->isChecked());
        connect(action, &QAction::toggled, this, [this, i](bool shown) {
            plot_->showChart(i, shown);
            QStringList now;
            for (int chart = 0; chart < plot_->charts(); ++chart) {
                if (!plot_->isChartShown(chart))
                    now << QString::number(chart);
            }
            updatePreferences([&now](preferences::ChartView& view) { view.hidden = now; });
        });
    }
    charts->setMenu(menu);
    return charts;
}

QWidget* TrainingPage::makeAxisChoice() {
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* group = new QButtonGroup(box);
    const QStringList names = {tr("Epoch"), tr("Step"), tr("Time")};
    for (int i = 0; i < names.size(); ++i) {
        auto* button = new QPushButton(names[i]);
        button->setCheckable(true);
        button->setAccessibleName(tr("Time axis: %1").arg(names[i]));
        group->addButton(button, i);
        row->addWidget(button);
    }
    connect(group, &QButtonGroup::idToggled, this, [this](int axis, bool on) {
        if (!on)
            return;
        plot_->setAxis(static_cast<RunAxis>(axis));
        updatePreferences([axis](preferences::ChartView& view) { view.axis = axis; });
    });
    QAbstractButton* last = group->button(preferences::chartView().axis);
    (last != nullptr ? last : group->button(0))->setChecked(true);
    return box;
}

QWidget* TrainingPage::makeSmoothing() {
    constexpr int most = 99; // hundredths
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    auto* label = new QLabel(tr("Smoothing"));
    auto* slider = new QSlider(Qt::Horizontal);
    auto* value = new QLabel;
    slider->setRange(0, most);
    slider->setAccessibleName(tr("Smoothing of the loss"));
    slider->setToolTip(tr("Weight of earlier steps in the moving average of the loss"));
    slider->setFixedWidth(fontMetrics().averageCharWidth() * 16);
    label->setBuddy(slider);
    const auto set = [this, value](int hundredths) {
        value->setText(QString::number(hundredths / 100.0, 'f', 2));
        plot_->setSmoothing(hundredths / 100.0);
        updatePreferences([hundredths](preferences::ChartView& view) { view.smoothing = hundredths; });
    };
    connect(slider, &QSlider::valueChanged, this, set);
    slider->setValue(preferences::chartView().smoothing);
    set(slider->value());
    row->addWidget(label);
    row->addWidget(slider);
    row->addWidget(value);
    return box;
}

QWidget* TrainingPage::makeFooter() {
    auto* footer = new QWidget;
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(0, 0, 0, 0);
    selection_ = new QLabel;
    row->addWidget(selection_);
    listen_ = new QPushButton;
    listen_->setDefault(true);
    connect(listen_, &QPushButton::clicked, this, &TrainingPage::listen);
    row->addWidget(listen_);
    saved_ = new SavedNotice;
    row->addWidget(saved_, 2);
    diagnosis_ = new ElidedLabel;
    diagnosis_->setAccessibleName(tr("Bottleneck"));
    row->addWidget(diagnosis_, 3);
    return footer;
}

void TrainingPage::connectRun() {
    connect(&run_, &RunModel::historyReplaced, this, [this] {
        marksSeen_ = run_.history().marks().size();
        plot_->setHistory(run_.history());
        update();
    });
    connect(&run_, &RunModel::historyChanged, this, [this] {
        showNewNotice();
        plot_->historyExtended();
        update();
    });
    connect(plot_, &TrainingPlot::markReached, this, &TrainingPage::showMark);
    connect(&run_, &RunModel::stateChanged, this, &TrainingPage::update);
    connect(&run_, &RunModel::stateChanged, this, &TrainingPage::updateMessage);
    connect(&run_, &RunModel::opened, message_, &MessageBar::clear); // it was about another run
    connect(plot_, &TrainingPlot::selectionChanged, this, &TrainingPage::updateSelection);
    connect(plot_, &TrainingPlot::openRequested, this, &TrainingPage::listen);
}

void TrainingPage::update() {
    const bool nothing = !run_.running() && !run_.runConfig() && run_.history().step() == 0;
    pages_->setCurrentIndex(nothing ? 1 : 0);
    name_->setText(run_.folder().isEmpty() ? tr("No run yet") : QDir(run_.folder()).dirName());
    name_->setToolTip(plainToolTip(run_.folder()));
    diagnosis_->setText(runDiagnosis(run_.history()));
    auditions_->setHistory(run_.history(), run_.folder());
}

/// Shows why a run failed or could not start, until the next one starts.
void TrainingPage::updateMessage() {
    const auto& failure = run_.failure();
    if (run_.state() == RunActivity::Starting)
        message_->clear();
    if (run_.running() || !failure)
        return;
    const QString message = QString::fromStdString(failure->message);
    const QString remedy = QString::fromStdString(failure->remedy);
    message_->show(message, remedy,
                   tr("%1\n%2\nCategory: %3\nStep: %4\nRun: %5")
                       .arg(message, remedy, QString::fromStdString(failure->category))
                       .arg(failure->step)
                       .arg(run_.folder()));
}

/// Such as why an epoch was slow. Its label in the chart has room for the first words only.
void TrainingPage::showNewNotice() {
    const std::vector<RunHistory::Mark>& marks = run_.history().marks();
    const std::size_t seen = std::exchange(marksSeen_, marks.size());
    if (run_.reading())
        return;
    for (std::size_t i = seen; i < marks.size(); ++i) {
        if (std::holds_alternative<Notice>(marks[i].event) && marks[i].position.step > 0)
            message_->showNotice(markText(marks[i]).detail);
    }
}

void TrainingPage::showMark(const MarkText& mark) {
    if (mark.detail.isEmpty())
        announce(*this, mark.text); // the label shows it
    else
        message_->showNotice(mark.detail);
}

void TrainingPage::updateSelection() {
    const RunHistory::Validation* chosen = plot_->selected();
    selection_->setVisible(chosen != nullptr);
    listen_->setVisible(chosen != nullptr && listeningAvailable_);
    if (chosen == nullptr)
        return;
    const ValidationDone& done = chosen->done;
    const RunHistory::Validation* best = run_.history().best();
    const bool isBest = best != nullptr && best->done.epoch == done.epoch;
    selection_->setText(tr("Epoch %1 selected: %2%3")
                            .arg(done.epoch)
                            .arg(scoresText(done), isBest ? tr(", the best so far") : QString()));
    listen_->setText(tr("Listen to epoch %1").arg(done.epoch));
}

void TrainingPage::listen() {
    if (const RunHistory::Validation* chosen = plot_->selected())
        Q_EMIT listenRequested(run_.folder(), chosen->done.epoch, chosen->done.step);
}

void TrainingPage::showTable(bool shown) {
    if (shown)
        fillTable();
    views_->setCurrentIndex(shown ? 1 : 0);
}

void TrainingPage::fillTable() {
    constexpr std::size_t mostRows = 2000;
    const RunView& view = plot_->view();
    table_->setHistory(run_.history(), view.scale, view.from, view.to, mostRows);
}

void TrainingPage::exportCharts() {
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Export the charts"), QDir(run_.folder()).filePath(QStringLiteral("charts.png")),
        tr("Image (*.png);;Vector image (*.svg);;Table (*.csv)"));
    if (!path.isEmpty())
        exportTo(path);
}

void TrainingPage::exportTo(const QString& path) {
    const QString title = tr("Run %1").arg(QDir(run_.folder()).dirName());
    try {
        QString note;
        if (path.endsWith(QStringLiteral(".csv"), Qt::CaseInsensitive)) {
            TrainingTable all;
            constexpr double everything = std::numeric_limits<double>::max();
            all.setHistory(run_.history(), plot_->view().scale, -everything, everything,
                           std::numeric_limits<std::size_t>::max() / 2);
            writeFileAtomically(path.toStdString(), all.csv().toStdString());
            note = all.thinningText();
        } else if (path.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive)) {
            plot_->saveSvg(path, title, runStateText(run_));
        } else {
            plot_->savePng(path, title, runStateText(run_));
        }
        saved_->showSaved(path, note);
    } catch (const Error& error) {
        const QString message = QString::fromStdString(error.message());
        message_->show(message, {}, message);
    }
}

} // namespace headroom::ui
