#include "ui/widgets/knob_row.h"

#include "ui/models/config_model.h"
#include "ui/models/knob_override.h"
#include "ui/models/knob_text.h"
#include "ui/theme/icon.h"
#include "ui/theme/plain_text.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"
#include "ui/widgets/knob_editor.h"
#include "ui/widgets/way_back_button.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>

#include <algorithm>

namespace headroom::ui {

KnobRow::KnobRow(ConfigModel& model, const Knob& knob, const Theme& theme, QWidget* parent)
    : QWidget(parent), model_(model), knob_(knob), theme_(theme), mark_(new QLabel(this)),
      title_(new QLabel(knobTitle(knob), this)), before_(new WayBackButton(this)), unit_(new QLabel(this)),
      editor_(KnobEditor::create(model, knob, theme, this)) {
    build();
    connect(&model, &ConfigModel::changed, this, &KnobRow::read);
    connect(&model, &ConfigModel::effectiveBatchHeldChanged, this, &KnobRow::read);
    connect(before_, &QAbstractButton::clicked, this, [this] { model_.reset(knob_); });
    connect(&theme, &Theme::changed, this, &KnobRow::drawMark);
    read();
}

void KnobRow::build() {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, em(0.05), 0, em(0.05));
    grid->setHorizontalSpacing(em(0.35));
    grid->setVerticalSpacing(0);
    mark_->setFixedWidth(em(0.8));
    before_->setVisible(false);
    unit_->setProperty("second", true);
    reserveUnit();
    grid->addWidget(mark_, 0, 0);
    grid->addWidget(title_, 0, 1);
    grid->addWidget(before_, 0, 2);
    grid->setColumnStretch(2, 1);
    const bool hasUnit = knob_.type == KnobType::Integer || knob_.type == KnobType::Real;
    unit_->setVisible(hasUnit);
    if (editor_->isWide())
        grid->addWidget(editor_->field(), 1, 1, 1, 4);
    else
        grid->addWidget(editor_->field(), 0, 3, 1, hasUnit ? 1 : 2);
    grid->addWidget(unit_, 0, 4);
    const QString explanation = knobToolTip(knob_);
    title_->setBuddy(editor_->field());
    title_->setToolTip(explanation);
    for (QWidget* part : {editor_->field(), editor_->below()}) {
        if (part == nullptr)
            continue;
        part->setAccessibleName(knobTitle(knob_));
        part->setToolTip(explanation);
    }
    if (QWidget* below = editor_->below())
        grid->addWidget(below, 1, 1, 1, 4);
}

bool KnobRow::matches(const QString& text) const {
    const QString all = title_->text() + QLatin1Char('\n') + title_->toolTip();
    return all.contains(text, Qt::CaseInsensitive);
}

void KnobRow::setRunning(bool running) {
    running_ = running;
    read();
}

void KnobRow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Backspace && model_.isChanged(knob_))
        model_.reset(knob_);
    else
        QWidget::keyPressEvent(event);
}

void KnobRow::read() {
    editor_->read();
    const bool changed = model_.isChanged(knob_);
    showBefore(changed ? std::optional(knobValueText(knob_.get(model_.baseline()))) : std::nullopt);
    unit_->setText(unitText());
    if (const auto decided = overrideOf(model_.config(), knob_))
        unit_->setToolTip(decided->reason);
    else
        unit_->setToolTip({});
    unit_->setProperty("good", running_ && changed && knob_.takesEffect == TakesEffect::NextStep);
}

/// Most rows are as they were whenever a knob moves; to set the same again would have all of them laid out.
void KnobRow::showBefore(const std::optional<QString>& value) {
    if (value == shownBefore_)
        return;
    shownBefore_ = value;
    drawMark();
    before_->setVisible(value.has_value());
    if (!value)
        return;
    before_->setWords(value->size() <= 10 ? tr("was %1").arg(*value) : tr("undo"));
    before_->setToolTip(plainToolTip(tr("Back to %1").arg(*value)));
    before_->setAccessibleName(tr("%1: back to %2").arg(knobTitle(knob_), *value));
}

void KnobRow::drawMark() {
    mark_->setPixmap(shownBefore_ ? iconPixmap(QStringLiteral("changed"), theme_.palette().accent, em(0.75),
                                               devicePixelRatioF())
                                  : QPixmap());
}

/// Room for all that may stand there.
void KnobRow::reserveUnit() {
    const QFontMetrics metrics(unit_->font());
    int width = em(4.4);
    for (const QString& text : {knobUnit(knob_), tr("next step"), tr("next start"), tr("new run")})
        width = std::max(width, metrics.horizontalAdvance(text));
    unit_->setMinimumWidth(width);
}

QString KnobRow::unitText() const {
    if (const auto decided = overrideOf(model_.config(), knob_))
        return decided->by;
    if (!running_ || !model_.isChanged(knob_))
        return knobUnit(knob_);
    switch (knob_.takesEffect) {
    case TakesEffect::NextStep:
        return tr("next step");
    case TakesEffect::NextStart:
        return tr("next start");
    case TakesEffect::NewRun:
        break;
    }
    return tr("new run");
}

} // namespace headroom::ui
