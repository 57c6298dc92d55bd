// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/configuration/option_panel.h"

#include "ui/configuration/command_line.h"
#include "ui/configuration/command_line_dialog.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/effective_batch_box.h"
#include "ui/configuration/option_row.h"
#include "ui/configuration/preset_box.h"
#include "ui/theme/icon.h"
#include "ui/theme/typography.h"
#include "ui/widgets/vertical_scroll_area.h"
#include "ui/widgets/window_undo.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace headroom::ui {
namespace {

/// A title with a line to its right.
QWidget* makeHeader(const QString& title) {
    auto* header = new QWidget;
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(0, em(0.45), 0, 0);
    auto* label = new QLabel(title);
    label->setFont(textFont(TextSize::Body, QFont::DemiBold));
    label->setProperty("second", true);
    auto* line = new QFrame;
    line->setProperty("role", QStringLiteral("line"));
    row->addWidget(label);
    row->addWidget(line, 1, Qt::AlignVCenter);
    return header;
}

OptionRow* findRow(const std::vector<OptionRow*>& rows, const char* key) {
    const auto found = std::find_if(rows.begin(), rows.end(),
                                    [key](const OptionRow* row) { return row->option().key == key; });
    return found == rows.end() ? nullptr : *found;
}

} // namespace

OptionPanel::OptionPanel(ConfigModel& model, const Theme& theme, QWidget* parent)
    : QWidget(parent), model_(model), theme_(theme), search_(new QLineEdit), changes_(new QLabel),
      nothing_(new QLabel(tr("No matching options"))) {
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeTop());
    column->addWidget(makeList(), 1);
    column->addWidget(makeFoot());
    connect(&model, &ConfigModel::changed, this, &OptionPanel::readChanges);
    connect(&model, &ConfigModel::changed, this, &OptionPanel::readKind);
    connect(search_, &QLineEdit::textChanged, this, &OptionPanel::updateVisibility);
    readChanges();
    readKind();
    updateVisibility();
}

QWidget* OptionPanel::makeTop() {
    auto* top = new QWidget;
    auto* row = new QHBoxLayout(top);
    row->setContentsMargins(em(0.8), em(0.6), em(0.8), em(0.3));
    search_->setPlaceholderText(tr("Find an option"));
    search_->setAccessibleName(tr("Find an option"));
    search_->setClearButtonEnabled(true);
    search_->installEventFilter(this);
    search_->addAction(themeIcon(QStringLiteral("search")), QLineEdit::LeadingPosition)
        ->setText(search_->accessibleName());
    row->addWidget(new PresetBox(model_), 3);
    row->addWidget(search_, 2);
    return top;
}

QWidget* OptionPanel::makeList() {
    auto* content = new QWidget;
    auto* list = new QVBoxLayout(content);
    list->setContentsMargins(em(0.4), 0, em(0.8), em(0.6));
    list->setSpacing(em(0.1));
    for (const OptionGroup& group : optionGroups())
        addSection(*list, group);
    nothing_->setProperty("second", true);
    nothing_->setAlignment(Qt::AlignCenter);
    nothing_->setContentsMargins(0, em(2), 0, 0);
    list->addWidget(nothing_);
    list->addStretch(1);
    return new VerticalScrollArea(content);
}

void OptionPanel::addSection(QVBoxLayout& list, const OptionGroup& group) {
    Section section{makeHeader(group.title), nullptr, {}, {}};
    list.addWidget(section.header);
    for (const Option* option : group.main)
        section.main.push_back(makeRow(*option));
    addMainRows(list, section);
    for (const Option* option : group.more) {
        section.more.push_back(makeRow(*option));
        list.addWidget(section.more.back());
    }
    if (!section.more.empty()) {
        section.toggle = new QPushButton;
        section.toggle->setCheckable(true);
        section.toggle->setFlat(true);
        section.toggle->setAccessibleName(tr("More options: %1").arg(group.title));
        section.header->layout()->addWidget(section.toggle);
        connect(section.toggle, &QPushButton::toggled, this, &OptionPanel::updateVisibility);
    }
    sections_.push_back(std::move(section));
}

void OptionPanel::addMainRows(QVBoxLayout& list, Section& section) {
    OptionRow* batch = findRow(section.main, "training.batch_size");
    OptionRow* accumulation = findRow(section.main, "training.gradient_accumulation_steps");
    if (batch != nullptr && accumulation != nullptr) {
        section.box = new EffectiveBatchBox(model_, batch, accumulation);
        list.addWidget(section.box);
    }
    for (OptionRow* row : section.main)
        if (row != batch && row != accumulation)
            list.addWidget(row);
}

OptionRow* OptionPanel::makeRow(const Option& option) {
    rows_.push_back(new OptionRow(model_, option, theme_));
    return rows_.back();
}

QWidget* OptionPanel::makeFoot() {
    auto* foot = new QWidget;
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(em(0.8), em(0.5), em(0.8), em(0.5));
    changes_->setProperty("second", true);
    auto* command = new QPushButton(themeIcon(QStringLiteral("terminal")), tr("Command line"));
    command->setToolTip(tr("Show the command that trains with this configuration"));
    connect(command, &QPushButton::clicked, this, &OptionPanel::showCommandLine);
    row->addWidget(changes_, 1);
    row->addWidget(command);
    return foot;
}

void OptionPanel::setRunning(bool running) {
    for (OptionRow* row : rows_)
        row->setRunning(running);
}

void OptionPanel::setRanks(int ranks) {
    ranks_ = ranks;
    for (const Section& section : sections_)
        if (section.box != nullptr)
            section.box->setRanks(ranks);
}

void OptionPanel::focusSearch() {
    search_->setFocus(Qt::ShortcutFocusReason);
    search_->selectAll();
}

void OptionPanel::showCommandLine() {
    CommandLineDialog(trainCommand(model_, ranks_), this).exec();
}

/// Shows the rows of the model's kind that match the search or, without a search, the main rows and those of
/// expanded sections.
void OptionPanel::updateVisibility() {
    const QString text = search_->text().trimmed();
    bool anyShown = false;
    for (Section& section : sections_) {
        bool sectionShown = false;
        const auto showRows = [&](const std::vector<OptionRow*>& rows, bool shownWithoutSearch) {
            for (OptionRow* row : rows) {
                const bool shown = row->option().appliesTo(kind_) &&
                                   (text.isEmpty() ? shownWithoutSearch : row->matches(text));
                row->setVisible(shown);
                sectionShown = sectionShown || shown;
            }
        };
        showRows(section.main, true);
        showRows(section.more, section.toggle != nullptr && section.toggle->isChecked());
        anyShown = anyShown || sectionShown;
        section.header->setVisible(sectionShown || text.isEmpty());
        if (section.box != nullptr)
            section.box->setVisible(
                std::any_of(section.main.begin(), section.main.end(), [&](OptionRow* row) {
                    return row->parentWidget() == section.box && (text.isEmpty() || row->matches(text));
                }));
        if (section.toggle != nullptr) {
            const auto count =
                std::count_if(section.more.begin(), section.more.end(),
                              [this](OptionRow* row) { return row->option().appliesTo(kind_); });
            section.toggle->setText(tr("%n more", nullptr, static_cast<int>(count)));
            section.toggle->setVisible(text.isEmpty());
        }
    }
    nothing_->setVisible(!anyShown);
}

bool OptionPanel::eventFilter(QObject* watched, QEvent* event) {
    if (isWindowUndo(*event, !search_->text().isEmpty())) {
        event->ignore();
        return true;
    }
    const bool pressed = event->type() == QEvent::KeyPress;
    if (pressed && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape && !search_->text().isEmpty()) {
        search_->clear();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void OptionPanel::readKind() {
    if (std::exchange(kind_, model_.config().model.kind) != kind_)
        updateVisibility();
}

void OptionPanel::readChanges() {
    const auto count = static_cast<int>(model_.changes().size());
    changes_->setText(count == 0 ? tr("same as the preset")
                                 : tr("%n changed from the preset", nullptr, count));
}

} // namespace headroom::ui
