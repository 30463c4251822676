<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|MapTips" labelsEnabled="1">
  <renderer-v2 type="categorizedSymbol" attr="rule" enableorderby="1" forceraster="0" symbollevels="0">
    <categories>
<!--each rule-->
      <category render="true" symbol="{{NUMBER}}" value="{{RULE}}" label="{{LABEL}}"/>
<!--end-->
    </categories>
    <symbols>
<!--each rule-->
      <symbol type="line" name="{{NUMBER}}" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="line_color" type="QString" value="{{COLOR}},255"/>
            <Option name="line_style" type="QString" value="solid"/>
            <Option name="line_width" type="QString" value="0.9"/>
            <Option name="line_width_unit" type="QString" value="MM"/>
            <Option name="capstyle" type="QString" value="round"/>
            <Option name="joinstyle" type="QString" value="round"/>
          </Option>
        </layer>
      </symbol>
<!--end-->
    </symbols>
    <orderby>
      <orderByClause asc="0" nullsFirst="0">"number"</orderByClause>
    </orderby>
  </renderer-v2>
  <labeling type="simple">
    <settings>
      <text-style fieldName="&quot;rule&quot; || ' · ' || &quot;number&quot;" isExpression="1" fontSize="8" fontSizeUnit="Point" fontFamily="sans-serif" textColor="60,20,16,255">
        <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255"/>
      </text-style>
      <placement placement="2" dist="2.5" distUnits="MM" priority="8"/>
      <rendering scaleVisibility="1" scaleMin="1" scaleMax="10000" obstacle="0"/>
    </settings>
  </labeling>
  <mapTip>&lt;b>[% "rule" %] [% "title" %]&lt;/b>&lt;br>[% "units" %]&lt;br>[% "found" %]&lt;br>&lt;i>[% "action" %]&lt;/i></mapTip>
</qgis>
