-- Sets the named parts of a report in each format: marks, notes of absence, file names, pages that start anew.

local DIV_STYLES = { ["draft-mark"] = "Draft Mark", ["nothing-found"] = "Nothing Found" }
local SPAN_STYLES = { ["file"] = "File Name" }
local tables = 0

local function class_in(element, styles)
  for _, class in ipairs(element.classes) do
    if styles[class] then return class end
  end
  return nil
end

function Div(div)
  local class = class_in(div, DIV_STYLES)
  if not class then return nil end
  if FORMAT:match("docx") then
    div.attributes["custom-style"] = DIV_STYLES[class]
    return div
  elseif FORMAT:match("typst") then
    local blocks = pandoc.List({ pandoc.RawBlock("typst", "#" .. class .. "[") })
    blocks:extend(div.content)
    blocks:insert(pandoc.RawBlock("typst", "]"))
    return blocks
  elseif FORMAT:match("html") then
    div.attributes["role"] = "note"
    return div
  end
end

function Span(span)
  local class = class_in(span, SPAN_STYLES)
  if not class then return nil end
  if FORMAT:match("docx") then
    span.attributes["custom-style"] = SPAN_STYLES[class]
    return span
  elseif FORMAT:match("typst") then
    local inlines = pandoc.List({ pandoc.RawInline("typst", "#file-name[") })
    inlines:extend(span.content)
    inlines:insert(pandoc.RawInline("typst", "]"))
    return inlines
  end
end

function Header(header)
  if not header.classes:includes("new-page") then return nil end
  if FORMAT:match("docx") then
    local mark = '<w:p><w:pPr><w:pStyle w:val="NewPageMark"/></w:pPr></w:p>'
    return { pandoc.RawBlock("openxml", mark), header }
  elseif FORMAT:match("typst") then
    return { pandoc.RawBlock("typst", "#pagebreak(weak: true)"), header }
  end
end

-- Word and Typst number captions themselves; in HTML the number is put before the words.
function Table(tbl)
  if not FORMAT:match("html") or #tbl.caption.long == 0 then return nil end
  tables = tables + 1
  local first = tbl.caption.long[1]
  if first.content then
    first.content:insert(1, pandoc.Str("Table " .. tables .. ". "))
  end
  return tbl
end

-- In HTML and PDF the mark stands on the title page, so it goes to the template; Word's is moved afterwards.
local function take_mark(doc)
  local first = doc.blocks[1]
  if FORMAT:match("docx") or not first or first.t ~= "Div" or not first.classes:includes("draft-mark") then
    return nil
  end
  doc.meta["draft-mark"] = pandoc.MetaBlocks(first.content)
  doc.blocks:remove(1)
  return doc
end

-- A sentence that leads in ("... says:") stays on the page of what it leads to.
local LED_TO = { BlockQuote = true, BulletList = true, OrderedList = true }

local function leads_in(block, following)
  if block.t ~= "Para" or not following or not LED_TO[following.t] then return false end
  return pandoc.utils.stringify(block):match(":$") ~= nil
end

local function keep_leads(doc)
  if not (FORMAT:match("docx") or FORMAT:match("typst")) then return nil end
  local kept = pandoc.List()
  for place, block in ipairs(doc.blocks) do
    if not leads_in(block, doc.blocks[place + 1]) then
      kept:insert(block)
    elseif FORMAT:match("docx") then
      kept:insert(pandoc.Div({ block }, pandoc.Attr("", {}, { ["custom-style"] = "Lead In" })))
    else
      kept:insert(pandoc.RawBlock("typst", "#block(sticky: true)["))
      kept:insert(block)
      kept:insert(pandoc.RawBlock("typst", "]"))
    end
  end
  doc.blocks = kept
  return doc
end

return {
  { Pandoc = take_mark },
  { Pandoc = keep_leads },
  { Div = Div, Span = Span, Header = Header, Table = Table },
}
